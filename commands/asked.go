package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// askedFor names one thing that is asked of a group, and where the button stands
// that names it: in a digest (d/2026-W48), the window with the rest of it (m/...),
// a letter that hands it over (t/), or wherever else Handling.Redraw knows. It
// is not trusted.
type askedFor struct {
	place    string
	group    analysis.GroupID
	activity string
	from     analysis.Day // of the period, signal or occasion
}

func (a askedFor) key() string { return attention.AskedKey(a.activity, a.from) }

func (a askedFor) String() string { return fmt.Sprintf("%s;%d;%s", a.place, a.group, a.key()) }

// readAsked reads a button's value.
func readAsked(v string) (askedFor, error) {
	gone := analysis.Fail(analysis.NotFound, "attention.gone", nil)
	parts := strings.SplitN(v, ";", 3)
	if len(parts) != 3 {
		return askedFor{}, gone
	}
	group, err := strconv.ParseInt(parts[1], 10, 64)
	cut := strings.LastIndex(parts[2], "/")
	if err != nil || group <= 0 || cut <= 0 {
		return askedFor{}, gone
	}
	from, err := analysis.ParseDay(parts[2][cut+1:])
	if err != nil {
		return askedFor{}, gone
	}
	return askedFor{parts[0], analysis.GroupID(group), parts[2][:cut], from}, nil
}

// stateOf is how it stands with one thing that was asked.
type stateOf struct {
	askedFor
	in       analysis.Group
	mark     storage.AttentionMark // the present decision; an empty State where none is
	answer   analysis.Touch        // the moment that answers it, where answered
	answered bool
	touch    analysis.TouchKind // what answers it at least
	current  bool               // its period is not over, and the plan has its line
	partners bool               // it is asked of a partner who does not hold the group
}

// find looks up what v names as of req, for somebody who may handle it.
func (h Handling) find(ctx context.Context, req Request, v string) (stateOf, error) {
	a, err := readAsked(v)
	if err != nil {
		return stateOf{}, err
	}
	s := stateOf{askedFor: a}
	if s.in, err = h.Clients.Group(ctx, a.group); err != nil {
		return s, err
	}
	s.group = s.in.ID
	if err := h.decided(ctx, &s); err != nil {
		return s, err
	}
	if err := h.allowed(ctx, req, s); err != nil {
		return s, err
	}
	return s, h.line(ctx, req.today(), &s)
}

// decided reads what was decided and done.
func (h Handling) decided(ctx context.Context, s *stateOf) error {
	marks, err := h.Week.Groups.Marks(ctx, s.group)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if m.Activity == s.activity && m.Period == s.from && m.Version > s.mark.Version {
			s.mark = m
		}
	}
	s.answer, err = h.Week.Touches.Answered(ctx, s.group, s.key())
	s.answered = err == nil
	if err != nil && analysis.KindOf(err) != analysis.NotFound {
		return fmt.Errorf("read what answered it: %w", err)
	}
	return nil
}

// allowed checks that the actor may handle s: a partner or administrator, who
// holds the group or answers for it, to whom it was handed, and who stands in.
// Whose group went to somebody else reads to whom.
func (h Handling) allowed(ctx context.Context, req Request, s stateOf) error {
	if analysis.Allow(req.Actor, analysis.AttendGroups, subject(s.in)) {
		return nil
	}
	if req.Actor.Manager != 0 {
		if s.mark.State == attention.HandedOver && s.mark.To == req.Actor.Manager {
			return nil
		}
		stand, err := h.Week.standIns(ctx, req.today())
		if err != nil {
			return err
		}
		for _, m := range []analysis.ManagerID{s.in.Manager, s.in.Partner, s.mark.To} {
			if stand != nil && m != 0 && stand(m) == req.Actor.Manager {
				return nil
			}
		}
	}
	holder, err := h.nameOf(ctx, s.in.Manager)
	if err != nil {
		return err
	}
	return analysis.Fail(analysis.Forbidden, "attention.not_yours", analysis.Args{"manager": holder})
}

// Occasions are handled from a week before to five weeks after their day.
const occasionLasts = 35

// line finds what s needs at least, and whether it is still asked as of today.
func (h Handling) line(ctx context.Context, today analysis.Day, s *stateOf) error {
	if isSignal(s.activity) {
		s.touch, s.current = analysis.Call, s.from >= today-attention.SignalDays && s.from <= today+7
		return nil
	}
	week := AttentionWeek{AsOf: today}
	version, err := h.Week.chosen(ctx, &week)
	if err != nil {
		return err
	}
	group, err := h.Week.Groups.AttentionGroup(ctx, version, today, s.group)
	if err != nil {
		return fmt.Errorf("read what group %d gets: %w", s.group, err)
	}
	lines := week.Plan.Of(group.Segment)
	if group.More != nil && group.More.HasOwn {
		lines = group.More.Own
	}
	for _, l := range lines {
		if l.Activity != s.activity {
			continue
		}
		s.touch = l.Touch
		s.partners = l.Role == attention.ByPartner && week.Plan.PartnerDigest && group.Partner != 0 && group.Manager != 0 && group.Partner != group.Manager
		if l.Kind == attention.Event {
			s.current = s.from >= today-occasionLasts && s.from <= today+2*7
			continue
		}
		period := attention.PeriodOf(max(l.Times, 1), s.from)
		s.current = period.From == s.from && period.To >= today && s.from <= today+7
	}
	return nil
}

// nameOf is what a manager is called; nobody is "een collega".
func (h Handling) nameOf(ctx context.Context, id analysis.ManagerID) (string, error) {
	m, err := colleagues{managers: h.Week.Managers, known: map[analysis.ManagerID]analysis.Manager{}}.of(ctx, id)
	return nameOf(m), err
}
