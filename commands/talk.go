package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Talks is what people think of their own talks with clients: five quick questions
// that nobody else reads, their own trend, the means of the team from five persons
// on, and lessons that they share of their own accord.
type Talks struct {
	Reflections storage.Reflections
	Sessions    Sessions
	Store       storage.Writer
}

// lessonDays is how long somebody has to train with colleagues what they shared.
const lessonDays = 28

// lookedBackOn reports whether people are asked to look back on a moment: a talk, not
// each call.
func lookedBackOn(k analysis.TouchKind) bool { return k == analysis.Visit || k == analysis.Yearly }

// Typed answers `/sessie gesprek`.
func (c Talks) Typed(ctx context.Context, req Request) (Reply, error) {
	return c.show(ctx, req, view.Outcome{})
}

// Open answers the button to one's own trend.
func (c Talks) Open(ctx context.Context, req Request) (Reply, error) {
	return c.show(ctx, req, view.Outcome{})
}

// show is the window with the trend of the asker, and of nobody else.
func (c Talks) show(ctx context.Context, req Request, done view.Outcome) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.JoinSession, analysis.Subject{}) || req.Actor.User == "" {
		return Reply{}, refuse()
	}
	own, err := c.Reflections.OwnReflections(ctx, req.Actor.User)
	if err != nil {
		return Reply{}, fmt.Errorf("read one's own reflections: %w", err)
	}
	w := view.TalkWindow{Outcome: done, AsOf: req.today(), Own: len(own), Trends: session.Trends(own)}
	w.From, w.To = session.TeamMonth(w.AsOf)
	month, err := c.Reflections.TeamReflections(ctx, w.From, w.To)
	if err != nil {
		return Reply{}, fmt.Errorf("read the reflections of a month: %w", err)
	}
	w.Team = session.Team(month)
	if w.Lessons, err = c.lessons(ctx, req, own); err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "talk.open"}); err != nil {
		return Reply{}, err
	}
	return Show(view.TalkModal(locale.New(req.Lang, req.Zone), w)), nil
}

// lessonsShown is how many lessons stand in the window.
const lessonsShown = 5

// lessons are the newest lessons of own, and whether they were shared.
func (c Talks) lessons(ctx context.Context, req Request, own []session.Reflection) ([]view.TalkLesson, error) {
	var lessons []view.TalkLesson
	for _, r := range own {
		if r.Lesson != "" && len(lessons) < lessonsShown {
			lessons = append(lessons, view.TalkLesson{Text: r.Lesson, Day: r.Day, Value: strconv.FormatInt(r.ID, 10)})
		}
	}
	if len(lessons) == 0 {
		return nil, nil
	}
	heads, _, err := c.Sessions.Events.Sessions(ctx, storage.SessionFilter{Kind: session.Training}, 0, 1)
	if err != nil || len(heads) == 0 {
		return lessons, err
	}
	training, err := c.Sessions.Read(ctx, heads[0].ID)
	if err != nil {
		return nil, fmt.Errorf("read the training actions: %w", err)
	}
	for i := range lessons {
		lessons[i].Shared = sharedAlready(training, req.Actor.User, lessons[i].Text)
	}
	return lessons, nil
}

// sharedAlready reports whether user made an action of text. The action does not
// say from which talk it came, so it is known by its words.
func sharedAlready(training *session.State, user analysis.UserID, text string) bool {
	return slices.ContainsFunc(training.Actions, func(a session.Action) bool {
		return a.By == user && a.Then == text && a.State != session.Dropped
	})
}

// Form answers *Kijk terug op een gesprek*: the questions, about the day that the
// button names.
func (c Talks) Form(_ context.Context, req Request) (Reply, error) {
	day := dayIn(req.Value)
	if !day.Known() || day > req.today() {
		day = req.today()
	}
	return Show(view.TalkForm(locale.New(req.Lang, req.Zone), day)), nil
}

// filledTalk is what stands in the form.
func filledTalk(req Request) session.Reflection {
	r := session.Reflection{User: req.Actor.User, Day: dayIn(req.Fields[view.FieldDay]), At: req.At}
	for i, q := range session.Questions() {
		r.Answers[i], _ = strconv.Atoi(req.Fields[view.FieldTalk(q)])
	}
	r.Lesson = tidy(req.Fields[view.FieldLesson])
	return r
}

// Validate checks the form.
func (c Talks) Validate(_ context.Context, req Request) (map[string]string, error) {
	err := filledTalk(req).Check(req.today())
	if err == nil {
		return nil, nil
	}
	if analysis.KindOf(err) != analysis.Invalid {
		return nil, err
	}
	r, field := filledTalk(req), view.FieldTalk(session.Questions()[0])
	switch {
	case !r.Day.Known() || r.Day > req.today() || r.Day < req.today()-session.KeptDays:
		field = view.FieldDay
	case r.Answers != [5]int{}:
		field = view.FieldLesson
	}
	return map[string]string{field: sentence(locale.New(req.Lang, req.Zone), err)}, nil
}

// Save answers the form: kept once, for 90 days.
func (c Talks) Save(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := c.Validate(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	var id int64
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "talk.save", Request: req.Key}); err != nil {
			return err
		}
		var err error
		id, err = tx.AddReflection(ctx, filledTalk(req))
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("keep a reflection: %w", err)
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).T("talk.saved", analysis.Args{"days": session.KeptDays})}
	if id != 0 {
		done.Undo = strconv.FormatInt(id, 10)
	}
	return c.show(ctx, req, done)
}

// Undo answers *Ongedaan maken*: it is gone.
func (c Talks) Undo(ctx context.Context, req Request) (Reply, error) {
	id, _ := strconv.ParseInt(req.Value, 10, 64)
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "talk.undo", Request: req.Key}); err != nil {
			return err
		}
		return tx.RemoveReflection(ctx, req.Actor.User, id)
	})
	if err != nil && analysis.KindOf(err) != analysis.NotFound {
		return Reply{}, fmt.Errorf("take a reflection back: %w", err)
	}
	return c.show(ctx, req, view.Outcome{Said: locale.New(req.Lang, req.Zone).T("talk.undone", nil)})
}

// Share answers *Deel deze les*: one press makes it a training action of the asker,
// which says nothing of the talk.
func (c Talks) Share(ctx context.Context, req Request) (Reply, error) {
	own, err := c.Reflections.OwnReflections(ctx, req.Actor.User)
	if err != nil {
		return Reply{}, fmt.Errorf("read one's own reflections: %w", err)
	}
	p := locale.New(req.Lang, req.Zone)
	i := slices.IndexFunc(own, func(r session.Reflection) bool { return strconv.FormatInt(r.ID, 10) == req.Value && r.Lesson != "" })
	if i < 0 {
		return c.show(ctx, req, view.Outcome{Refused: &analysis.Error{Kind: analysis.NotFound, Key: "talk.lesson_gone"}})
	}
	training, err := c.Sessions.Training(ctx, req.At)
	if err != nil {
		return Reply{}, fmt.Errorf("read the training actions: %w", err)
	}
	due := req.today() + lessonDays
	_, _, err = c.Sessions.Press(ctx, training.ID, PressOf(req, "talk.share"), func(s *session.State) ([]session.Body, error) {
		if sharedAlready(s, req.Actor.User, own[i].Lesson) {
			return nil, nil
		}
		return []session.Body{session.Lesson(own[i].Lesson, req.Actor.User, due)}, nil
	}, nil)
	if err != nil {
		return Reply{}, err
	}
	return c.show(ctx, req, view.Outcome{Said: p.T("talk.shared", analysis.Args{"day": p.Near(due, req.today())})})
}
