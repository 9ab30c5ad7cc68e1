// Package lifetime says what a client is still going to bring in: how long
// mandates last (SBG), how often one-off jobs come back (BGNBD), what such a job
// is worth (GammaGamma), and what a steady yearly margin amounts to (Annuity).
// Each model is fitted by maximum likelihood from fixed starts, so that the same
// numbers give the same fit. Numbers come in and numbers go out, in whatever
// unit of time and money the caller counts; never NaN and never infinite: a fit
// that does not exist is an error that says why.
//
// The sources are Fader & Hardie, "How to project customer retention" (Journal
// of Interactive Marketing 21, 2007) and "Customer-base valuation in a
// contractual setting" (Marketing Science 29, 2010); Fader, Hardie & Lee,
// "'Counting your customers' the easy way" (Marketing Science 24, 2005) and
// "RFM and CLV" (Journal of Marketing Research 42, 2005); Gupta & Lehmann,
// "Customers as assets" (Journal of Interactive Marketing 17, 2003).
package lifetime
