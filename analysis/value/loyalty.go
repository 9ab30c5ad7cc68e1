package value

import "klantbot/analysis"

// Truth is what is known of a statement. The zero Truth is unknown.
type Truth int8

// The truths.
const (
	NotKnown Truth = iota
	No
	Yes
)

// truth returns Yes or No.
func truth(holds bool) Truth {
	if holds {
		return Yes
	}
	return No
}

// either returns Yes where one of a and b is, No where both are, else NotKnown.
func either(a, b Truth) Truth {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == No && b == No:
		return No
	}
	return NotKnown
}

// Loyalty are the six marks of a loyal client. Source: DOMAIN.md, "Value score".
type Loyalty struct {
	Repeat      Truth // invoiced three years in a row or more
	Contacts    Truth // two contacts a year or more
	Recommends  Truth // a promoter, or brought a client
	Open        Truth // answered a survey openly, by name
	Services    Truth // buys three services or more
	Partnership Truth // judged a partnership
}

// Marks returns the six marks with their catalogue keys, in the order of
// DOMAIN.md.
func (l Loyalty) Marks() []LoyaltyMark {
	return []LoyaltyMark{
		{"loyalty.repeat", l.Repeat}, {"loyalty.contacts", l.Contacts}, {"loyalty.recommends", l.Recommends},
		{"loyalty.open", l.Open}, {"loyalty.services", l.Services}, {"loyalty.partnership", l.Partnership},
	}
}

// LoyaltyMark is one mark by its catalogue key.
type LoyaltyMark struct {
	Key   string
	Truth Truth
}

// fewestMarks is how many marks must be known for a score, unless the office
// chose another number. Source: DOMAIN.md, "Value score".
const fewestMarks = 3

// Score returns 100 times the marks known to be true / the marks known, 0..100,
// and false where fewer than the rule asks are known. A mark nobody knows is no
// mark against the client.
func (r LoyaltyRule) Score(l Loyalty) (float64, bool) {
	known, yes := 0, 0
	for _, m := range l.Marks() {
		if m.Truth != NotKnown {
			known++
		}
		if m.Truth == Yes {
			yes++
		}
	}
	if known < max(1, r.Least) {
		return 0, false
	}
	return percent(float64(yes), float64(known)), true
}

// Of loyalty, which nobody fills in as such, enough groups of a kind must be
// known before their median stands for the others.
const (
	fewestLoyal = 5  // groups, or all where a kind has fewer
	loyalTenth  = 10 // and one in so many
)

// enoughLoyal reports whether loyalty counts in a kind of n groups when it is
// known of so many. Below it the criterion drops out for the whole kind: the
// median of one client would give all others the same points and leave less of
// the scale to what is known of them. Our choice.
func enoughLoyal(known, n int) bool {
	return known >= min(n, fewestLoyal) && known*loyalTenth >= n
}

// LoyaltyEvidence is what the office knows of a group's loyalty.
type LoyaltyEvidence struct {
	Months []analysis.MonthRevenue // the whole history
	// From is the first day of which the office has revenue of anybody: before it
	// nothing is known. NoDay: the group's own history is all there is.
	From analysis.Day
	// Contacts is how often somebody of the office was in contact in the last
	// twelve months; negative: contacts are not recorded.
	Contacts    int
	Promoter    Truth // answered 9 or 10 by name
	Referred    Truth // brought a client
	Open        Truth // answered openly by name; NotKnown where nobody was asked
	Partnership int   // judged 0..4; negative: not judged
}

// KeyPartnership is the key under which people judge, 0..4, whether a group works
// with the office as a partner: a mark of loyalty, not a criterion of its own.
const KeyPartnership = "partnership"

// Thresholds of the marks.
const (
	repeatYears      = 3
	yearlyContacts   = 2
	manyServices     = 3
	partnershipMarks = 3 // of 4: "works with us as a partner"
)

// Loyalty draws the marks from the evidence at asOf. A group that is new to an
// office with a long history is known not to repeat yet; where the office's own
// figures are young it is unknown.
func (e LoyaltyEvidence) Loyalty(asOf analysis.Day) Loyalty {
	l := Loyalty{Recommends: either(e.Promoter, e.Referred), Open: e.Open}
	if e.Contacts >= 0 {
		l.Contacts = truth(e.Contacts >= yearlyContacts)
	}
	if e.Partnership >= 0 {
		l.Partnership = truth(e.Partnership >= partnershipMarks)
	}
	if past := until(e.Months, asOf); len(past) > 0 {
		l.Services = truth(len(Bought(past, asOf)) >= manyServices)
		if YearsInARow(past, asOf) >= repeatYears {
			l.Repeat = Yes
		} else if e.From.Known() && e.From <= asOf.AddMonths(-12*repeatYears) {
			l.Repeat = No
		}
	}
	return l
}

// YearsInARow returns how many years without a gap a group was invoiced for, up
// to asOf's year or the one before it. A line counts for its service year where
// it has one, else for the year of the invoice, so that an invoice that slips
// past New Year breaks no row of dated work.
func YearsInARow(history []analysis.MonthRevenue, asOf analysis.Day) int {
	sums := map[int]analysis.Cents{}
	for _, m := range until(history, asOf) {
		year := m.ServiceYear
		if year == 0 {
			year = m.Month.Year()
		}
		sums[year] += m.Amount
	}
	year, n := asOf.Year(), 0
	// Work for a year is often billed in the next one, or the one after.
	for back := 0; back < 2 && sums[year] <= 0; back++ {
		year--
	}
	for ; sums[year] > 0; year-- {
		n++
	}
	return n
}
