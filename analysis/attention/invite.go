package attention

import (
	"cmp"
	"iter"
	"slices"

	"klantbot/analysis"
)

// InvitationState is how far an invitation is.
type InvitationState string

// The states.
const (
	Invited  InvitationState = "uitgenodigd"
	Coming   InvitationState = "komt"
	Declined InvitationState = "afgezegd"
	Attended InvitationState = "geweest"
)

// InvitationStates lists them.
func InvitationStates() []InvitationState {
	return []InvitationState{Invited, Coming, Declined, Attended}
}

// Invitee is a group that a collective line invites.
type Invitee struct {
	Group   analysis.GroupID
	Segment analysis.Segment
	Manager analysis.ManagerID // who holds it
	// Came is whether they already came to such an event in the present period of
	// the line: they are invited last.
	Came    bool
	Silence int // days since any contact; -1: never
}

// Invitees is the invitation list of one collective activity on day: the groups
// whose lines have it, those who did not come in the present period first, then
// by segment, the longest silent first.
func (p Plan) Invitees(activity string, day analysis.Day, groups iter.Seq2[Group, error]) ([]Invitee, error) {
	t := p.on(day, day)
	var list []Invitee
	for g, err := range groups {
		if err != nil {
			return nil, err
		}
		lines := t.linesOf(&g)
		at := slices.IndexFunc(lines, func(l Line) bool { return l.Kind == Collective && l.Activity == activity })
		if at < 0 || !known(g.Segment) {
			continue
		}
		i := Invitee{Group: g.ID, Segment: g.Segment, Manager: holder(&g), Silence: -1,
			Came: g.Last.fulfilling(lines[at].Touch) >= t.now[lines[at].Times].From}
		if last := g.Last.Any(); last.Known() {
			i.Silence = int(max(0, day-last))
		}
		list = append(list, i)
	}
	analysis.Sort(list, func(a, b Invitee) int {
		return cmp.Or(cmp.Compare(boolInt(a.Came), boolInt(b.Came)), cmp.Compare(rank(a.Segment), rank(b.Segment)),
			-cmp.Compare(quiet(a.Silence), quiet(b.Silence)), cmp.Compare(a.Group, b.Group))
	})
	return list, nil
}

// quiet puts never before any number of days.
func quiet(silence int) int {
	if silence < 0 {
		return 1 << 30
	}
	return silence
}
