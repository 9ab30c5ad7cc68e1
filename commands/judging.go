package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

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
	Market     *Market // says who matters; nil: nobody is asked about, only cards ask
	Store      storage.Writer
	// Behind draws the portfolio anew from which the window was opened; nil: it
	// stays as it is.
	Behind func(Request) Behind
}

// turn is what a button of the window is about: whose portfolio is gone through
// (0: the office's), which group (0: the first that waits), whether it is judged
// alone, and how many judgements it had before the one to undo. It is not trusted.
type turn struct {
	manager analysis.ManagerID
	group   analysis.GroupID
	alone   bool
	before  int
}

func (t turn) String() string {
	alone := 0
	if t.alone {
		alone = 1
	}
	return fmt.Sprintf("%d/%d/%d/%d", t.manager, t.group, alone, t.before)
}

// turnOf reads a button's value.
func turnOf(v string) (turn, error) {
	n, err := numbers(v, 4)
	if err != nil {
		return turn{}, analysis.Fail(analysis.NotFound, "judge.gone", nil)
	}
	return turn{analysis.ManagerID(n[0]), analysis.GroupID(n[1]), n[2] == 1, int(min(n[3], 1<<30))}, nil
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
	history, err := c.Judgements.JudgementHistory(ctx, f.group.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("read the judgements of group %d: %w", f.group.ID, err)
	}
	var changed []analysis.Judgement
	for _, q := range f.questions {
		mark, answered := view.Judged(req.Fields, q)
		if answered && (!q.Answered || mark != q.Mark) {
			changed = append(changed, analysis.Judgement{Group: f.group.ID, Criterion: q.Criterion.Key, Value: mark, By: req.Actor.User, At: req.At})
		}
	}
	if err := c.record(ctx, req, "judge.save", f.group.ID, changed); err != nil {
		return Reply{}, err
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).T("judge.saved", analysis.Args{"name": f.group.Name})}
	if len(changed) > 0 {
		done.Undo = turn{t.manager, f.group.ID, t.alone, len(history)}.String()
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
	history, err := c.Judgements.JudgementHistory(ctx, f.group.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("read the judgements of group %d: %w", f.group.ID, err)
	}
	back := takenBack(history, t.before, req.Actor.User)
	if len(back) == 0 {
		return c.form(ctx, req, t, view.Outcome{Refused: analysis.Fail(analysis.Invalid, "judge.changed", nil)})
	}
	for i := range back {
		back[i].By, back[i].At = req.Actor.User, req.At
	}
	if err := c.record(ctx, req, "judge.undo", f.group.ID, back); err != nil {
		return Reply{}, err
	}
	said := locale.New(req.Lang, req.Zone).T("judge.undone", analysis.Args{"name": f.group.Name})
	return c.form(ctx, req, t, view.Outcome{Said: said})
}

// takenBack returns the judgements that make a group what it was when it had
// only the first n of history. There are none where somebody else judged
// meanwhile, or by judged again.
func takenBack(history []analysis.Judgement, n int, by analysis.UserID) []analysis.Judgement {
	if n >= len(history) {
		return nil
	}
	save := history[n:]
	var back []analysis.Judgement
	for _, j := range save {
		if j.By != by || !j.At.Equal(save[0].At) || slices.ContainsFunc(back, func(b analysis.Judgement) bool { return b.Criterion == j.Criterion }) {
			return nil
		}
		j.Value = analysis.TakenBack
		for _, earlier := range history[:n] {
			if earlier.Criterion == j.Criterion {
				j.Value = earlier.Value
			}
		}
		back = append(back, j)
	}
	return back
}

// record writes all with their audit line, once for each request.
func (c Judging) record(ctx context.Context, req Request, action string, group analysis.GroupID, all []analysis.Judgement) error {
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
		Value: turn{t.manager, a.group.ID, t.alone, 0}.String(), Alone: t.alone}
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
