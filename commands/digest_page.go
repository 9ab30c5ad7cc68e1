package commands

import (
	"encoding/json"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// digestLetter is the kind of ledger entry that is somebody's weekly digest.
const digestLetter = "digest"

// digestKey is the one digest that user gets in an ISO week.
func digestKey(user analysis.UserID, week string) string {
	return "digest/" + string(user) + "/" + week
}

// page is what a digest asked, as the ledger keeps it: ids, days and counts,
// nothing that names a client or says what it is worth. What it looks like, and
// what became of it, is read anew each time it is drawn.
type page struct {
	Week     attention.Week     `json:"-"`
	Named    string             `json:"week"` // Week as 2026-W48
	Day      analysis.Day       `json:"day"`  // as of which it was planned
	Manager  analysis.ManagerID `json:"manager"`
	Shown    int                `json:"shown"` // rows before "meer"
	Items    []pageItem         `json:"items,omitempty"`
	Waiting  int                `json:"waiting,omitempty"`
	Overdue  []pageItem         `json:"overdue,omitempty"`
	Late     int                `json:"late,omitempty"` // overdue groups in all
	Needed   float64            `json:"needed,omitempty"`
	Possible float64            `json:"possible,omitempty"`
	// Unfit: the plan does not fit, and Ways are the ways out.
	Unfit bool                 `json:"unfit,omitempty"`
	Ways  []attention.Proposal `json:"ways,omitempty"`
}

// pageItem is an attention.Item without what its signals say.
type pageItem struct {
	Group    analysis.GroupID       `json:"g"`
	Segment  analysis.Segment       `json:"s,omitempty"`
	Holder   analysis.ManagerID     `json:"h,omitempty"`
	Activity string                 `json:"a"`
	Touch    analysis.TouchKind     `json:"t"`
	From     analysis.Day           `json:"from"`
	To       analysis.Day           `json:"to"`
	Late     int                    `json:"late,omitempty"`
	Silence  int                    `json:"silence,omitempty"`
	HandedBy analysis.ManagerID     `json:"by,omitempty"`
	Batch    bool                   `json:"batch,omitempty"`
	Occasion *attention.Occasion    `json:"occasion,omitempty"`
	Signals  []attention.SignalKind `json:"signals,omitempty"`
	On       analysis.Day           `json:"on,omitempty"` // of the last of the signals: the life event, where there is one
}

// pageItems keeps what is asked.
func pageItems(items []attention.Item) []pageItem {
	kept := make([]pageItem, 0, len(items))
	for _, i := range items {
		p := pageItem{Group: i.Group, Segment: i.Segment, Holder: i.Holder, Activity: i.Activity, Touch: i.Touch, From: i.Period.From,
			To: i.Period.To, Late: i.DaysLate, Silence: i.Silence, HandedBy: i.HandedBy, Batch: i.Batch, Occasion: i.Occasion}
		for _, s := range i.Signals {
			p.Signals, p.On = append(p.Signals, s.Kind), s.Day
		}
		kept = append(kept, p)
	}
	return kept
}

// item is p with what the figures say of its group; a signal that they do not
// give any more has nothing to say.
func (p pageItem) item(signals []attention.Signal) attention.Item {
	i := attention.Item{Group: p.Group, Segment: p.Segment, Holder: p.Holder, Activity: p.Activity, Touch: p.Touch,
		Period: attention.Period{From: p.From, To: p.To}, DaysLate: p.Late, Silence: p.Silence, HandedBy: p.HandedBy, Batch: p.Batch, Occasion: p.Occasion}
	for _, kind := range p.Signals {
		at := slices.IndexFunc(signals, func(s attention.Signal) bool { return s.Kind == kind })
		if at >= 0 {
			i.Signals = append(i.Signals, signals[at])
		}
	}
	return i
}

// String writes p for the ledger.
func (p page) String() string {
	p.Named = p.Week.String()
	raw, err := json.Marshal(p)
	if err != nil {
		return "" // nothing in it can fail
	}
	return string(raw)
}

// pageOf reads what String wrote; anything else is a page without a week.
func pageOf(subject string) page {
	var p page
	if json.Unmarshal([]byte(subject), &p) != nil {
		return page{}
	}
	week, err := attention.ParseWeek(p.Named)
	if err != nil {
		return page{}
	}
	p.Week = week
	return p
}

// asks reports whether p asked what a names, or told that it waits long.
func (p page) asks(a askedFor) bool {
	named := func(i pageItem) bool { return i.Group == a.group && i.Activity == a.activity && i.From == a.from }
	return slices.ContainsFunc(p.Items, named) || slices.ContainsFunc(p.Overdue, named)
}

// most rows of a digest: two blocks each, of the 50 that a message has.
const mostRows = 18

// parts are the rows that the message shows, and those behind "meer": what is
// over, and the batch of C groups as far as the others leave no room for it.
func (p page) parts() (shown, rest []pageItem) {
	n := min(max(p.Shown, 1), mostRows)
	for _, batch := range []bool{false, true} {
		for _, i := range p.Items {
			switch {
			case i.Batch != batch:
			case len(shown) < n:
				shown = append(shown, i)
			default:
				rest = append(rest, i)
			}
		}
	}
	return shown, rest
}
