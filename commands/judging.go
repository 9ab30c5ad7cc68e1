package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Judging is how people give groups their marks: a window a relatiegroep, one
// after the other for those that matter, or one alone from its card. Everything
// is kept with who and when; the last one can be undone.
type Judging struct {
	Clients    storage.Clients
	Roster     storage.Roster
	Judgements storage.Judgements
	Segments   storage.Segments // says whether a draft waits for another segment; nil: none does
	Market     *Market          // says who matters; nil: nobody is asked about, only cards ask
	Store      storage.Writer
	// Behind draws the portfolio anew from which the window was opened; nil: it
	// stays as it is.
	Behind func(Request) Behind
}

// turn is what a button of the window is about: whose portfolio is gone through
// (0: the office's), which group (0: the first that waits), whether it is judged
// alone, and how many judgements and remarks it had before the save to undo. It
// is not trusted.
type turn struct {
	manager analysis.ManagerID
	group   analysis.GroupID
	alone   bool
	before  int
	noted   int
}

func (t turn) String() string {
	alone := 0
	if t.alone {
		alone = 1
	}
	return fmt.Sprintf("%d/%d/%d/%d/%d", t.manager, t.group, alone, t.before, t.noted)
}

// turnOf reads a button's value.
func turnOf(v string) (turn, error) {
	if strings.Count(v, "/") == 3 { // a button of before there were remarks
		v += "/0"
	}
	n, err := numbers(v, 5)
	if err != nil {
		return turn{}, analysis.Fail(analysis.NotFound, "judge.gone", nil)
	}
	return turn{analysis.ManagerID(n[0]), analysis.GroupID(n[1]), n[2] == 1, int(min(n[3], 1<<30)), int(min(n[4], 1<<30))}, nil
}

// Open answers *Beoordelen* and *Beoordeel*: the form of the group that is named,
// else of the first that waits.
func (c Judging) Open(ctx context.Context, req Request) (Reply, error) {
	t, err := turnOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	if t.group == 0 {
		return c.next(ctx, req, t, view.Outcome{})
	}
	return c.form(ctx, req, t, view.Outcome{})
}

// Skip answers *Sla over*: the group stays among those that wait.
func (c Judging) Skip(ctx context.Context, req Request) (Reply, error) {
	t, err := turnOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.next(ctx, req, t, view.Outcome{})
}

// Save answers the form: it records what changed and goes to the next group.
func (c Judging) Save(ctx context.Context, req Request) (Reply, error) {
	t, err := turnOf(req.Private)
	if err != nil {
		return Reply{}, err
	}
	f, err := c.about(ctx, req, t)
	if err != nil {
		return c.instead(ctx, req, t, err)
	}
	h, err := c.history(ctx, f.group.ID)
	if err != nil {
		return Reply{}, err
	}
	var changed []analysis.Judgement
	for _, q := range f.questions {
		mark, answered := view.Judged(req.Fields, q)
		if answered && (!q.Answered || mark != q.Mark) {
			changed = append(changed, analysis.Judgement{Group: f.group.ID, Criterion: q.Criterion.Key, Value: mark, By: req.Actor.User, At: req.At})
		}
	}
	noted := h.note(f.group.ID, view.Remarked(req.Fields))
	if err := c.record(ctx, req, "judge.save", f.group.ID, changed, noted); err != nil {
		return Reply{}, err
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).T("judge.saved", analysis.Args{"name": f.group.Name})}
	if len(changed)+len(noted) > 0 {
		done.Undo = turn{t.manager, f.group.ID, t.alone, len(h.judged), len(h.noted)}.String()
	}
	if t.alone {
		return c.close(ctx, req, f.group.ID, done)
	}
	return c.next(ctx, req, t, done)
}

// Undo answers *Ongedaan maken*: what the asker's last save changed about a
// group is as it was before, and the form is there again.
func (c Judging) Undo(ctx context.Context, req Request) (Reply, error) {
	t, err := turnOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	f, err := c.about(ctx, req, t)
	if err != nil {
		return c.instead(ctx, req, t, err)
	}
	h, err := c.history(ctx, f.group.ID)
	if err != nil {
		return Reply{}, err
	}
	back, unnoted, ok := h.takenBack(t, req.Actor.User)
	if !ok {
		return c.form(ctx, req, t, view.Outcome{Refused: analysis.Fail(analysis.Invalid, "judge.changed", nil)})
	}
	for i := range back {
		back[i].By, back[i].At = req.Actor.User, req.At
	}
	if err := c.record(ctx, req, "judge.undo", f.group.ID, back, unnoted); err != nil {
		return Reply{}, err
	}
	said := locale.New(req.Lang, req.Zone).T("judge.undone", analysis.Args{"name": f.group.Name})
	return c.form(ctx, req, t, view.Outcome{Said: said})
}

// record writes all with their audit line, once for each request.
func (c Judging) record(ctx context.Context, req Request, action string, group analysis.GroupID, all []analysis.Judgement, noted []analysis.Remark) error {
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Group: group, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		for _, j := range all {
			if err := tx.Judge(ctx, j); err != nil {
				return err
			}
		}
		for _, r := range noted {
			r.By, r.At = req.Actor.User, req.At
			if err := tx.Remark(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record the judgements of group %d: %w", group, err)
	}
	return nil
}

// asking is a group with what is asked about it.
type asking struct {
	group     analysis.Group
	kind      string
	questions []view.JudgeQuestion
	remark    analysis.Remark // that stands; without words: none
}

// about returns the group that t names and its questions, after checking that
// the asker may judge it.
func (c Judging) about(ctx context.Context, req Request, t turn) (asking, error) {
	group, err := c.Clients.Group(ctx, t.group)
	if err != nil {
		return asking{}, err
	}
	if !analysis.Allow(req.Actor, analysis.JudgeGroups, subject(group)) {
		return asking{}, refuse()
	}
	office, err := c.Market.now(ctx, req.today())
	if err != nil {
		return asking{}, fmt.Errorf("ask what the office judges by: %w", err)
	}
	present, err := c.Judgements.Judgements(ctx, group.ID)
	if err != nil {
		return asking{}, fmt.Errorf("read the judgements of group %d: %w", group.ID, err)
	}
	a := asking{group: group}
	if a.remark, err = remarkOf(ctx, c.Judgements, group.ID); err != nil {
		return asking{}, err
	}
	if row, ok := office.row(group.ID); ok {
		a.kind = office.kind(row)
	} else if a.kind, err = c.kind(ctx, group.ID); err != nil {
		return asking{}, err
	}
	criteria := office.judged(a.kind)
	if office.wantsChance(group.ID) {
		criteria = append(criteria, value.Criterion{Key: value.KeyPotential, Source: value.Judged, Scale: value.Marks})
	}
	for _, criterion := range criteria {
		q := view.JudgeQuestion{Group: group.ID, Criterion: criterion}
		for _, j := range present {
			if j.Criterion == criterion.Key {
				q.Answered, q.Mark, q.By, q.On = true, j.Value, j.By, j.At
			}
		}
		a.questions = append(a.questions, q)
	}
	return a, nil
}

// kind is the soort klant of a group: that of its first member that has one.
func (c Judging) kind(ctx context.Context, group analysis.GroupID) (string, error) {
	members, err := c.Clients.Members(ctx, group)
	if err != nil {
		return "", fmt.Errorf("read the members of group %d: %w", group, err)
	}
	for _, m := range members {
		if m.Kind != "" {
			return m.Kind, nil
		}
	}
	return "", nil
}

// form shows the questions about the group of t.
func (c Judging) form(ctx context.Context, req Request, t turn, done view.Outcome) (Reply, error) {
	a, err := c.about(ctx, req, t)
	if err != nil {
		return c.instead(ctx, req, t, err)
	}
	shown := view.JudgeForm{Outcome: done, Name: a.group.Name, Number: a.group.Number, Kind: a.kind, Questions: a.questions,
		Remark: a.remark, Value: turn{manager: t.manager, group: a.group.ID, alone: t.alone}.String(), Alone: t.alone}
	if shown.Segment, err = c.segment(ctx, req, a.group); err != nil {
		return Reply{}, err
	}
	shown.MayMark = analysis.Allow(req.Actor, analysis.MarkStrategic, subject(a.group))
	if !t.alone {
		q, err := c.queue(ctx, req, t.manager)
		if err != nil {
			return Reply{}, err
		}
		shown.Done, shown.Total = q.done(), len(q.asked)
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "judge.open", Group: a.group.ID}); err != nil {
		return Reply{}, err
	}
	req = req.about(a.group)
	return Show(view.Judge(locale.New(req.Lang, req.Zone), shown)), nil
}

// next shows the group that waits after that of t, or says that none does.
func (c Judging) next(ctx context.Context, req Request, t turn, done view.Outcome) (Reply, error) {
	q, err := c.queue(ctx, req, t.manager)
	if err != nil {
		return Reply{}, err
	}
	if next, ok := q.after(t.group); ok {
		return c.form(ctx, req, turn{manager: t.manager, group: next}, done)
	}
	end := view.JudgeEnd{Outcome: done, Waiting: len(q.asked) - q.done(), Total: len(q.asked), Value: turn{manager: t.manager}.String()}
	reply := Show(view.JudgeDone(locale.New(req.Lang, req.Zone), end))
	if c.Behind != nil { // once, at the end: Slack lets a message be replaced five times
		reply.Behind = c.Behind(req)
	}
	return reply, nil
}

// close ends the judging of one group from its card.
func (c Judging) close(ctx context.Context, req Request, group analysis.GroupID, done view.Outcome) (Reply, error) {
	listed, err := c.Roster.GroupsOf(ctx, []analysis.GroupID{group})
	if err != nil {
		return Reply{}, fmt.Errorf("read group %d: %w", group, err)
	}
	end := view.JudgeEnd{Outcome: done}
	if len(listed) > 0 && listed[0].First != 0 {
		end.Card = strconv.FormatInt(int64(listed[0].First), 10)
	}
	return Show(view.JudgeDone(locale.New(req.Lang, req.Zone), end)), nil
}

// instead goes on with the next group, saying why what was asked was not done.
// Other errors stay errors.
func (c Judging) instead(ctx context.Context, req Request, t turn, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid && why.Kind != analysis.NotFound {
		return Reply{}, err
	}
	if t.alone {
		return Show(view.JudgeDone(locale.New(req.Lang, req.Zone), view.JudgeEnd{Outcome: view.Outcome{Refused: why}})), nil
	}
	return c.next(ctx, req, turn{manager: t.manager}, view.Outcome{Refused: why})
}
