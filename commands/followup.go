package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// FollowUps are the lists of answers by name that ask for somebody: ambassadors
// (ambassadeurs), ex-clients to win back (terugwinkansen) and prospects who asked
// for contact (leads), each with who does something about it and what came of it.
type FollowUps struct {
	Surveys  storage.Surveys
	Followed storage.FollowUps
	Clients  storage.Clients
	Roster   storage.Roster
	Segments storage.Segments
	Revenue  storage.Revenue
	Managers storage.Managers
	Hand     Handling // knows whom something can be given to
	Store    storage.Writer
	Now      func() time.Time // wall time: when the ledger may send
	// Home draws the Home tab anew; nil: it stays as it is.
	Home func(ctx context.Context, req Request) (*view.Home, error)
}

// followWords are what people type after /onderzoek, in Dutch and English.
var followWords = map[string]storage.FollowUpKind{
	"ambassadeurs": storage.Ambassador, "ambassadeur": storage.Ambassador, "ambassadors": storage.Ambassador, "promotors": storage.Ambassador,
	"terugwinkansen": storage.Winback, "terugwinnen": storage.Winback, "terugwin": storage.Winback, "winback": storage.Winback,
	"winbacks": storage.Winback, "win-back": storage.Winback, "win back": storage.Winback,
	"leads": storage.Lead, "lead": storage.Lead,
}

// FollowUpWord returns the list that was asked for by name; false where the
// words name none.
func FollowUpWord(words string) (storage.FollowUpKind, bool) {
	kind, ok := followWords[strings.ToLower(clean(words))]
	return kind, ok
}

// followsShown is how many rows stand on a page.
const followsShown = 6

// Typed answers `/onderzoek ambassadeurs` and its like.
func (c FollowUps) Typed(ctx context.Context, req Request, kind storage.FollowUpKind) (Reply, error) {
	return c.list(ctx, req, followSpot{kind: kind}, view.Outcome{})
}

// Open answers the buttons to a list and to its pages.
func (c FollowUps) Open(ctx context.Context, req Request) (Reply, error) {
	return c.list(ctx, req, followSpotOf(req.Value), view.Outcome{})
}

// list shows the page of a list on which s stands.
func (c FollowUps) list(ctx context.Context, req Request, s followSpot, done view.Outcome) (Reply, error) {
	all, err := c.all(ctx, req, s.kind)
	if err != nil {
		return Reply{}, err
	}
	screen := view.FollowList{Outcome: done, Kind: string(s.kind), AsOf: req.today(), Size: followsShown, Total: len(all), MayTake: req.Actor.Manager != 0,
		Value: func(kind string, offset int) string {
			return followSpot{kind: storage.FollowUpKind(kind), offset: offset, home: s.home}.String()
		}}
	for _, f := range all {
		if f.state() == storage.FollowUpOpen || f.state() == storage.FollowUpFree {
			screen.Open++
		}
	}
	if at := slices.IndexFunc(all, func(f followed) bool { return f.answer.ID == s.response }); at >= 0 {
		s.offset = at // what it is about, or where it went, stays in sight
	}
	screen.Offset = max(0, min(s.offset, len(all)-1)) / followsShown * followsShown
	s.offset = screen.Offset
	if screen.Rows, err = c.rows(ctx, req, s, all[screen.Offset:min(len(all), screen.Offset+followsShown)]); err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "follow.open"}); err != nil {
		return Reply{}, err
	}
	reply := Show(view.FollowWindow(locale.New(req.Lang, req.Zone), screen))
	if s.home && done.Said != "" && c.Home != nil {
		reply.Home, err = c.Home(ctx, req)
	}
	return reply, err
}

// followed is an answer with what is done about it.
type followed struct {
	kind   storage.FollowUpKind
	wave   survey.Wave
	answer survey.Response
	now    storage.FollowUp // Version 0: nobody did anything yet
	group  storage.Listed   // zero: of nobody in the list of clients
	worth  analysis.Cents   // a year, of who left; else 0
}

// state is how far it is; free where nobody ever had it.
func (f followed) state() storage.FollowUpState {
	if f.now.Version == 0 {
		return storage.FollowUpFree
	}
	return f.now.State
}

// all are the rows of a list: what is to be done first, in that the asker's own
// portfolio first, and else the best first.
func (c FollowUps) all(ctx context.Context, req Request, kind storage.FollowUpKind) ([]followed, error) {
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return nil, refuse()
	}
	chosen, err := c.chosen(ctx, req.today(), kind)
	if err != nil {
		return nil, err
	}
	chosen = slices.DeleteFunc(chosen, func(f followed) bool {
		return !mine(req.Actor, f) && f.group.ID != 0 && !analysis.Allow(req.Actor, analysis.ReadAnswers, subject(f.group.Group))
	})
	place := func(f followed) int {
		own := mine(req.Actor, f) || req.Actor.Manager != 0 && slices.Contains([]analysis.ManagerID{f.group.Manager, f.group.Partner}, req.Actor.Manager)
		switch settled := f.state() == storage.FollowUpDone || f.state() == storage.FollowUpDropped; {
		case settled:
			return 2
		case own:
			return 0
		}
		return 1
	}
	analysis.Sort(chosen, func(a, b followed) int { return place(a) - place(b) })
	return chosen, nil
}

// mine reports whether f is actor's to do: whoever got it reads what was answered.
func mine(actor analysis.Actor, f followed) bool {
	return actor.Manager != 0 && f.now.Owner == actor.Manager
}

// chosen are the answers of a list, the best first, of waves that are not too old
// to say what people think.
func (c FollowUps) chosen(ctx context.Context, asOf analysis.Day, kind storage.FollowUpKind) ([]followed, error) {
	waves, answers, err := c.answers(ctx, asOf, kind)
	if err != nil || len(answers) == 0 {
		return nil, err
	}
	var worth map[analysis.GroupID]analysis.Cents
	switch kind {
	case storage.Ambassador:
		_, standing, err := standingNow(ctx, c.Segments)
		if err != nil {
			return nil, err
		}
		answers = survey.Ambassadors(waves, answers, func(g analysis.GroupID) bool {
			return standing[g] == analysis.SegmentA || standing[g] == analysis.SegmentB
		})
	case storage.Winback:
		if worth, err = c.worth(ctx, answers, waves); err != nil {
			return nil, err
		}
		answers = survey.Winback(waves, answers, func(g analysis.GroupID) float64 { return float64(worth[g]) })
	default:
		answers = survey.Leads(waves, answers)
	}
	return c.with(ctx, waves, answers, kind, worth)
}

// with adds to answers their wave, group and what is done about them.
func (c FollowUps) with(ctx context.Context, waves []survey.Wave, answers []survey.Response, kind storage.FollowUpKind, worth map[analysis.GroupID]analysis.Cents) ([]followed, error) {
	saved, err := c.Followed.FollowUps(ctx)
	if err != nil {
		return nil, err
	}
	now := map[analysis.ResponseID]storage.FollowUp{}
	for _, f := range saved {
		if f.Kind == kind {
			now[f.Response] = f
		}
	}
	of := map[analysis.WaveID]survey.Wave{}
	for _, w := range waves {
		of[w.ID] = w
	}
	ids := make([]analysis.GroupID, len(answers))
	for i, a := range answers {
		ids[i] = a.Group
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups of answers: %w", err)
	}
	groups := map[analysis.GroupID]storage.Listed{}
	for _, g := range listed {
		groups[g.ID] = g
	}
	all := make([]followed, len(answers))
	for i, a := range answers {
		if _, ok := groups[a.Group]; !ok && a.Group != 0 { // it became part of another one
			whole, err := c.Clients.Group(ctx, a.Group)
			if err != nil && analysis.KindOf(err) != analysis.NotFound {
				return nil, fmt.Errorf("read group %d: %w", a.Group, err)
			}
			groups[a.Group] = storage.Listed{Group: whole}
		}
		all[i] = followed{kind, of[a.Wave], a, now[a.ID], groups[a.Group], worth[a.Group]}
	}
	return all, nil
}

// answers are the answers by name among which a list is made: of prospects also
// those that are no client in the list.
func (c FollowUps) answers(ctx context.Context, asOf analysis.Day, kind storage.FollowUpKind) ([]survey.Wave, []survey.Response, error) {
	waves, err := c.Surveys.Waves(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read waves: %w", err)
	}
	waves = slices.DeleteFunc(waves, func(w survey.Wave) bool { return w.Guarded() || w.Day > asOf || w.Day <= asOf.AddMonths(-survey.Stale) })
	if kind != storage.Lead {
		answers, err := c.Surveys.NamedResponses(ctx, 0)
		return waves, answers, err
	}
	var answers []survey.Response
	for _, w := range waves {
		if w.Audience != analysis.AskedProspects {
			continue
		}
		of, err := c.Surveys.Responses(ctx, w.ID)
		if err != nil {
			return nil, nil, fmt.Errorf("read the answers of wave %d: %w", w.ID, err)
		}
		answers = append(answers, of...)
	}
	return waves, answers, nil
}

// instead shows the list with the reason why what was asked was not done. Other
// errors stay errors.
func (c FollowUps) instead(ctx context.Context, req Request, s followSpot, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid && why.Kind != analysis.NotFound {
		return Reply{}, err
	}
	return c.list(ctx, req, s, view.Outcome{Refused: why})
}
