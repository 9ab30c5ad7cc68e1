package main

import (
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

type askCmd struct {
	Text []string `arg:"positional,required" help:"The question, in plain Dutch or English."`
	User string   `arg:"--user" placeholder:"EMAIL" help:"Who asks: a manager known by e-mail, who sees what they may see; the operator when not given."`
}

// askOf wires the use-case, as yet without a language model.
func askOf(db *sqlstore.DB) commands.Ask {
	week, market := attentionOf(db), commands.NewMarket(db, db, db, time.Minute)
	ratings := commands.SurveyRatings{Surveys: db}
	return commands.Ask{
		Client: commands.Client{Directory: commands.NewDirectory(db), Store: db,
			Cards: commands.Cards{Clients: db, Revenue: db, Managers: db, Segments: db, Lifetimes: db, Touches: db, Feedback: db, Ratings: ratings, Week: &week, Market: market}},
		Portfolio:    commands.Portfolio{Portfolio: db, Segments: db, Managers: db, Roster: db, Market: market, Ratings: ratings, Touches: db, Store: db},
		Pyramid:      commands.Pyramid{Portfolio: db, Segments: db, Managers: db, Roster: db, Market: market, Ratings: ratings, Store: db, Now: wallTime},
		Segmentation: commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db},
		Report:       commands.AttentionReport{Week: week, Portfolio: db, Ratings: ratings},
		Survey:       surveyOf(db),
		Follow:       commands.FollowUps{Surveys: db, Followed: db, Clients: db, Roster: db, Segments: db, Revenue: db, Managers: db, Store: db},
		Sessions:     db, Actions: db, Books: &commands.Books{},
	}
}

// Run answers a question.
func (c *askCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	req := s.asOperator()
	req.Text = strings.Join(c.Text, " ")
	if c.User != "" {
		if req.Actor, err = s.actorOf(db, c.User); err != nil {
			return err
		}
		s.ctx = storage.Seeing(s.ctx, req.Actor.User) // as that manager sees it
	}
	use := askOf(db)
	at, err := configuredEndpoint()
	if err != nil {
		return err
	}
	if use.Talker, err = at.talker(db, at.modelOf(db, func() time.Time { return req.At })); err != nil {
		return err
	}
	if err := use.Client.Directory.Refresh(s.ctx); err != nil {
		return err
	}
	answer, err := use.Answer(s.ctx, req, ask.Question{})
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, toAnswerJSON(answer))
	}
	_, err = fmt.Fprint(s.out, answer.Text)
	return err
}

// actorOf is the manager with this e-mail, with the rights they have in Slack.
func (s *session) actorOf(db *sqlstore.DB, email string) (analysis.Actor, error) {
	m, err := db.ManagerByEmail(s.ctx, email)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return analysis.Actor{}, analysis.Fail(analysis.NotFound, "ask.user.unknown", analysis.Args{"email": email})
	}
	if err != nil {
		return analysis.Actor{}, fmt.Errorf("read the manager: %w", err)
	}
	return commands.Roles{Members: db, Managers: db, Settings: db}.Actor(s.ctx, m.User, email)
}

// The types below are CLI.md's promise for ask. A slot that was not said is left out.
type (
	answerJSON struct {
		Intent    ask.Intent `json:"intent"`
		Slots     slotsJSON  `json:"slots"`
		AskedBack bool       `json:"asked_back"`
		Mode      string     `json:"mode"`
		Text      string     `json:"text"`
	}
	slotsJSON struct {
		Client     string              `json:"client,omitempty"`
		Manager    string              `json:"manager,omitempty"`
		Segment    analysis.Segment    `json:"segment,omitempty"`
		Against    analysis.Segment    `json:"against,omitempty"` // the other one of a comparison
		Layer      analysis.Layer      `json:"layer,omitempty"`
		ClientType analysis.ClientType `json:"client_type,omitempty"`
		Theme      string              `json:"theme,omitempty"`
		Audience   analysis.Audience   `json:"audience,omitempty"`
		Service    string              `json:"service,omitempty"`
		Without    bool                `json:"without,omitempty"` // those that do not buy the service
		Days       int                 `json:"days,omitempty"`
		Limit      int                 `json:"limit,omitempty"`
		Period     *periodJSON         `json:"period,omitempty"`
		Session    string              `json:"session,omitempty"`
	}
	periodJSON struct {
		From analysis.Day `json:"from"`
		To   analysis.Day `json:"to"`
	}
)

func toAnswerJSON(a commands.Answer) answerJSON {
	s := a.Slots
	j := answerJSON{Intent: a.Intent, AskedBack: a.AskedBack, Mode: "grammar", Text: a.Text,
		Slots: slotsJSON{Client: s.Client, Manager: s.Manager, Segment: s.Segment, Against: s.Against, Layer: s.Layer, ClientType: s.ClientType,
			Theme: s.Theme, Audience: s.Audience, Service: s.Service, Without: s.Without, Days: s.Days, Limit: s.Limit, Session: s.Session}}
	if a.Model {
		j.Mode = "model"
	}
	if s.Period.Known() {
		j.Slots.Period = &periodJSON{s.Period.From, s.Period.To}
	}
	return j
}
