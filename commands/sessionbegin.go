package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// sessionDraft is a session that is still to begin. It travels in private_metadata:
// ids only, and none of it is trusted.
type sessionDraft struct {
	kind    session.Kind
	subject session.Subject
	channel analysis.ChannelID
	mode    session.Mode
	days    int
	named   bool
	people  []analysis.UserID
}

func (d sessionDraft) String() string {
	v := url.Values{"k": {string(d.kind)}, "s": {d.subject.String()}, "c": {string(d.channel)}, "m": {string(d.mode)}, "d": {strconv.Itoa(d.days)}}
	if d.named {
		v.Set("n", "1")
	}
	for _, u := range d.people {
		v.Add("u", string(u))
	}
	return v.Encode()
}

func sessionDraftOf(value string) (sessionDraft, bool) {
	v, err := url.ParseQuery(value)
	if err != nil || v.Get("k") == "" {
		return sessionDraft{}, false
	}
	days, _ := strconv.Atoi(v.Get("d"))
	d := sessionDraft{kind: session.Kind(v.Get("k")), subject: session.ParseSubject(v.Get("s")), channel: analysis.ChannelID(v.Get("c")), mode: session.Mode(v.Get("m")), days: days, named: v.Get("n") != ""}
	for _, u := range v["u"] {
		d.people = append(d.people, analysis.UserID(u))
	}
	return d, true
}

// terms are how long its phases last: what the form offers, else what an office begins
// with.
func (d sessionDraft) terms() []session.Term {
	terms := session.DefaultTerms(d.kind)
	if !slices.Contains(view.SessionDays(), d.days) {
		return terms
	}
	for i := range terms {
		terms[i].Days = d.days
	}
	return terms
}

// started is its first event.
func (d sessionDraft) started(by analysis.UserID, goal string) session.Started {
	b := session.Started{Kind: d.kind, Mode: d.mode, Goal: goal, Subject: d.subject, Channel: d.channel, Facilitator: by, Participants: d.people, Terms: d.terms()}
	if d.named {
		b.Anonymous = []session.Phase{}
	}
	return b
}

// Form answers *Nieuwe sessie*, and a client that was chosen after /sessie.
func (c SessionScreens) Form(ctx context.Context, req Request) (Reply, error) {
	d := sessionDraft{kind: session.Now3Years, channel: req.Channel.ID}
	if kind, about, ok := strings.Cut(req.Value, "/"); ok {
		of, err := c.subjectOf(ctx, about)
		if err != nil {
			return Reply{}, err
		}
		d.kind, d.subject = session.Kind(kind), of
	}
	return c.form(ctx, req, d)
}

// Change answers *Terug* before it began.
func (c SessionScreens) Change(ctx context.Context, req Request) (Reply, error) {
	d, ok := sessionDraftOf(req.Value)
	if !ok {
		return Reply{}, outdated()
	}
	return c.form(ctx, req, d)
}

func (c SessionScreens) form(ctx context.Context, req Request, d sessionDraft) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	f := view.SessionForm{Kind: d.kind, Participants: d.people, Channel: d.channel, Mode: d.mode, Days: d.days, Named: d.named}
	if !slices.Contains(session.Kinds(), f.Kind) {
		f.Kind = session.Now3Years
	}
	if f.Mode == "" {
		f.Mode = session.Async
	}
	if f.Days == 0 {
		f.Days = 2
	}
	if len(f.Participants) == 0 {
		f.Participants = []analysis.UserID{req.Actor.User}
	}
	if !req.InModal && !shareable(req.Channel) {
		f.Channel = "" // the bot's own messages are no place for a session
	}
	if d.subject != (session.Subject{}) {
		about, err := c.about(ctx, p, d.subject)
		if err != nil {
			return Reply{}, err
		}
		f.Subject = view.Option{Label: about, Value: d.subject.String()}
	}
	return Show(view.SessionFormWindow(p, f)), nil
}

// drafted reads the form.
func (c SessionScreens) drafted(ctx context.Context, req Request) (sessionDraft, error) {
	days, _ := strconv.Atoi(req.Fields[view.FieldTerm])
	d := sessionDraft{kind: session.Kind(req.Fields[view.FieldKind]), channel: analysis.ChannelID(req.Fields[view.FieldChannel]), mode: session.Mode(req.Fields[view.FieldMode]),
		days: days, named: req.Fields[view.FieldNamed] == "named"}
	for u := range strings.SplitSeq(req.Fields[view.FieldPeople], "\n") {
		if u != "" {
			d.people = append(d.people, analysis.UserID(u))
		}
	}
	var err error
	d.subject, err = c.subjectOf(ctx, req.Fields[view.FieldSubject])
	return d, err
}

// ValidatePlan says what of the form must be otherwise.
func (c SessionScreens) ValidatePlan(ctx context.Context, req Request) (map[string]string, error) {
	d, err := c.drafted(ctx, req)
	if err != nil {
		return nil, err
	}
	p := locale.New(req.Lang, req.Zone)
	wrong := map[string]string{}
	say := func(field string, err error) error {
		out, err := refusedOf(err)
		if out.Refused != nil {
			wrong[field] = p.Error(out.Refused)
		}
		return err
	}
	if n := len(d.people); n < session.FewestParticipants || n > session.MostParticipants {
		wrong[view.FieldPeople] = p.T("session.participants", analysis.Args{"n": n, "fewest": session.FewestParticipants, "most": session.MostParticipants})
	} else if err := say(view.FieldPeople, c.colleagues(ctx, d.people)); err != nil {
		return nil, err
	}
	if _, err := c.place(ctx, d.channel); err != nil {
		if err := say(view.FieldChannel, err); err != nil {
			return nil, err
		}
	}
	return wrong, nil
}

// colleagues says who of users can not take part: guests, who left, and bots.
func (c SessionScreens) colleagues(ctx context.Context, users []analysis.UserID) error {
	for _, u := range users {
		if c.Known == nil {
			break
		}
		who, err := c.Known.Colleague(ctx, u)
		if err != nil || !who.Full {
			return outsider(who)
		}
	}
	return nil
}

// outsider says that who can not take part. By e-mail: an error beside a field is plain
// text, in which a mention would be an id.
func outsider(who Colleague) error {
	if who.Email == "" {
		return analysis.Fail(analysis.Invalid, "session.people_unknown", nil)
	}
	return analysis.Fail(analysis.Invalid, "session.people_outside", analysis.Args{"who": who.Email})
}

// place is where a session is held: a channel of the office alone, in which the bot is.
func (c SessionScreens) place(ctx context.Context, channel analysis.ChannelID) (Channel, error) {
	if channel == "" || c.Places == nil {
		return Channel{}, analysis.Fail(analysis.Invalid, "session.nowhere", nil)
	}
	ch, err := c.Places.Place(ctx, channel)
	switch {
	case err != nil:
		return ch, err
	case !shareable(ch):
		return ch, analysis.Fail(analysis.Invalid, "session.nowhere", nil)
	case ch.Archived:
		return ch, analysis.Fail(analysis.Invalid, "quotes.archived", analysis.Args{"channel": ch.Name})
	case !ch.Member:
		return ch, analysis.Fail(analysis.Invalid, "client.share.invite", analysis.Args{"channel": ch.Name})
	}
	return ch, nil
}

// Plan answers the form: what will happen, before anybody hears of it.
func (c SessionScreens) Plan(ctx context.Context, req Request) (Reply, error) {
	d, err := c.drafted(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	where, err := c.place(ctx, d.channel)
	if err != nil {
		return Reply{}, err
	}
	at := req.At.In(officeZone)
	begun := session.NewStarted(d.started(req.Actor.User, ""), at)
	if _, err := session.Begin(session.WhoIs(req.Actor), req.Key, at, begun); err != nil {
		return Reply{}, err
	}
	shown := view.SessionPlan{SessionForm: view.SessionForm{Kind: d.kind, Participants: d.people, Mode: d.mode, Days: d.days, Named: d.named}, Where: where.Name,
		Terms: begun.Terms, Begin: at, Private: d.String()}
	for _, t := range begun.Terms {
		end := session.WorkingDays(at, t.Days)
		if n := len(shown.Ends); n > 0 {
			end = session.WorkingDays(shown.Ends[n-1], t.Days)
		}
		shown.Ends = append(shown.Ends, end)
	}
	if shown.About, err = c.about(ctx, p, d.subject); err != nil {
		return Reply{}, err
	}
	if _, shown.Open, err = c.Actions.Actions(ctx, storage.ActionFilter{Subject: d.subject, Pending: true}, 0, 1); err != nil {
		return Reply{}, fmt.Errorf("read the open actions: %w", err)
	}
	return Show(view.SessionPlanWindow(p, shown)), nil
}

// Begin answers *Begin*: the session is there, and its board goes to the channel.
func (c SessionScreens) Begin(ctx context.Context, req Request) (Reply, error) {
	d, ok := sessionDraftOf(req.Private)
	if !ok {
		return Reply{}, outdated()
	}
	where, err := c.place(ctx, d.channel)
	if err != nil {
		return Reply{}, err
	}
	if err := c.colleagues(ctx, d.people); err != nil {
		return Reply{}, err
	}
	if d.subject, err = c.subjectOf(ctx, d.subject.String()); err != nil {
		return Reply{}, err
	}
	_, open, err := c.Actions.Actions(ctx, storage.ActionFilter{Subject: d.subject, Pending: true}, 0, 0)
	if err != nil {
		return Reply{}, fmt.Errorf("read the open actions: %w", err)
	}
	s, err := c.Use.Begin(ctx, PressOf(req, "session.begin"), d.started(req.Actor.User, req.Fields[view.FieldGoal]), func(tx storage.Tx, _, s *session.State) error {
		_, err := tx.Enqueue(ctx, c.letterOf(s, boardLetter, "board", string(req.Lang), req.At))
		if err != nil || open == 0 {
			return err
		}
		e := threaded(s, c.letterOf(s, noticeLetter, noticeOpen, string(req.Lang), req.At))
		e.Subject = fmt.Sprintf("%d/%s/%d/", s.ID, noticeOpen, s.Seq)
		_, err = tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if c.Begun != nil {
		if err := c.Begun(ctx, req, s); err != nil {
			return Reply{}, err
		}
	}
	return Show(view.SessionBegun(locale.New(req.Lang, req.Zone), where.Name)), nil
}

// moment is when a press happens where deadlines are counted.
func moment(req Request) time.Time { return req.At.In(officeZone) }
