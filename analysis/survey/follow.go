package survey

import (
	"cmp"

	"klantbot/analysis"
)

// Promoter is one who would recommend the office.
const Promoter = 9

// Ambassadors returns the answers of by-name clients who are promoters and whose
// group keep accepts (A and B), the highest score first.
func Ambassadors(waves []Wave, responses []Response, keep func(analysis.GroupID) bool) []Response {
	return chosen(waves, responses, analysis.AskedClients, func(r *Response) bool {
		return r.Group != 0 && r.NPS >= Promoter && keep(r.Group)
	}, func(r *Response) float64 { return float64(r.NPS) })
}

// Winback returns the answers of by-name ex-clients who rate the office high,
// those whose group is worth most by the given measure first (terugwinkansen).
func Winback(waves []Wave, responses []Response, worth func(analysis.GroupID) float64) []Response {
	scale := map[analysis.WaveID]int{}
	for _, w := range waves {
		scale[w.ID] = w.Scale
	}
	return chosen(waves, responses, analysis.AskedFormer, func(r *Response) bool {
		rating, ok := rate([]*Response{r}, scale[r.Wave])
		return ok && rating.High
	}, func(r *Response) float64 { return worth(r.Group) })
}

// Leads returns the answers of by-name prospects who asked for contact, newest
// first.
func Leads(waves []Wave, responses []Response) []Response {
	return chosen(waves, responses, analysis.AskedProspects, func(r *Response) bool { return r.ContactWanted },
		func(r *Response) float64 { return float64(r.Day) })
}

// chosen returns the answers to waves by name of one audience that keep accepts.
// Of a client who answered several waves only the newest counts: what somebody
// said a year ago is no reason to call them when they say otherwise now.
func chosen(waves []Wave, responses []Response, of analysis.Audience, keep func(*Response) bool, by func(*Response) float64) []Response {
	named := map[analysis.WaveID]Wave{}
	for _, w := range waves {
		if w.Audience == of && !w.Guarded() {
			named[w.ID] = w
		}
	}
	newest := map[analysis.ClientID]Wave{}
	for i := range responses {
		client := responses[i].Client
		if w, counts := named[responses[i].Wave]; counts && (newest[client].ID == 0 || earlier(newest[client], w)) {
			newest[client] = w
		}
	}
	var found []Response
	for i := range responses {
		r := &responses[i]
		if _, counts := named[r.Wave]; counts && (r.Client == 0 || newest[r.Client].ID == r.Wave) && keep(r) {
			found = append(found, *r)
		}
	}
	analysis.Sort(found, func(a, b Response) int { return cmp.Or(-cmp.Compare(by(&a), by(&b)), cmp.Compare(a.ID, b.ID)) })
	return found
}
