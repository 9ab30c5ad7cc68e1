package main

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

type clientCmd struct {
	Query []string `arg:"positional,required" help:"Name, client number, KvK number, e-mail or contact person."`
}

// Run prints what /klant shows.
func (c *clientCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	directory := commands.NewDirectory(db)
	if err := directory.Refresh(s.ctx); err != nil {
		return err
	}
	week := attentionOf(db)
	use := commands.Client{Directory: directory, Store: db,
		Cards: commands.Cards{Clients: db, Revenue: db, Managers: db, Segments: db, Lifetimes: db, Touches: db, Ratings: commands.SurveyRatings{Surveys: db}, Week: &week,
			Market: commands.NewMarket(db, db, db, time.Minute)}}
	req := commands.Request{Key: "cli/" + rand.Text(), Actor: operator, Lang: s.lang, Zone: officeZone(),
		At: s.at, Text: strings.Join(c.Query, " ")}
	matches, err := use.Search(s.ctx, req)
	if err != nil {
		return err
	}
	if matches.Card != nil {
		if matches.Card.Lifetime, err = use.Cards.Lifetime(s.ctx, *matches.Card); err != nil {
			return err
		}
	}
	var nearest []view.Candidate
	if len(matches.Found) == 0 {
		if nearest, err = use.Closest(s.ctx, matches.Query); err != nil {
			return err
		}
	}
	if s.json {
		return printJSON(s.out, matchesJSON(s.printer(), matches, nearest))
	}
	_, err = fmt.Fprint(s.out, view.MatchesText(s.printer(), matches.Query, candidates(matches), nearest, matches.More, matches.Card))
	return err
}

func candidates(m commands.Matches) []view.Candidate {
	list := make([]view.Candidate, len(m.Found))
	for i, f := range m.Found {
		list[i] = f.Candidate
	}
	return list
}

// The types below are CLI.md's promise. What is unknown is null, so every
// figure is a pointer.
type (
	matchJSON struct {
		Number string  `json:"number"`
		Name   string  `json:"name"`
		Group  string  `json:"group"`
		Score  float64 `json:"score"`
	}
	memberJSON struct {
		Number string `json:"number"`
		Name   string `json:"name"`
	}
	contactJSON struct {
		Name  string `json:"name"`
		Role  string `json:"role"`
		Email string `json:"email"`
		Phone string `json:"phone"`
	}
	personJSON struct {
		Name  string `json:"name"`
		Email string `json:"email"`
	}
	whitespaceJSON struct {
		Service string         `json:"service"`
		Cents   analysis.Cents `json:"cents"`
	}
	cardJSON struct {
		Number        string              `json:"number"`
		Name          string              `json:"name"`
		Group         string              `json:"group"`
		Members       []memberJSON        `json:"members"`
		Contacts      []contactJSON       `json:"contacts"`
		Manager       *personJSON         `json:"manager"`
		Partner       *personJSON         `json:"partner"`
		Yearly        *analysis.Cents     `json:"yearly_cents"`
		New           bool                `json:"new"`
		TTM           *analysis.Cents     `json:"ttm_cents"`
		PreviousTTM   *analysis.Cents     `json:"previous_ttm_cents"`
		RevenueByYear []value.YearRevenue `json:"revenue_by_year"`
		Services      []string            `json:"services"`
		Since         *analysis.Day       `json:"since"`
		Segment       *analysis.Segment   `json:"segment"`
		Value         *float64            `json:"value"`
		Coverage      *float64            `json:"coverage"`
		Rating        *float64            `json:"rating"`
		Matrix        *string             `json:"matrix"`
		ClientType    *string             `json:"client_type"`
		Potential     *analysis.Cents     `json:"potential_cents"`
		Whitespace    []whitespaceJSON    `json:"whitespace"`
		Lifetime      *lifetimeJSON       `json:"lifetime"`
		LastTouch     *analysis.Day       `json:"last_touch"`
		NextDue       *analysis.Day       `json:"next_due"`
		Strategy      *string             `json:"strategy"`
	}
	lifetimeJSON struct {
		Model    string         `json:"model"`
		ToDate   analysis.Cents `json:"to_date_cents"`
		Expected analysis.Cents `json:"expected_cents"`
		Low      analysis.Cents `json:"low_cents"`
		High     analysis.Cents `json:"high_cents"`
		Net      bool           `json:"net"` // net return; else revenue
	}
	clientJSON struct {
		Matches []matchJSON  `json:"matches"`
		Nearest []memberJSON `json:"nearest,omitempty"`
		Card    *cardJSON    `json:"card,omitempty"`
	}
)

func matchesJSON(p *locale.Printer, m commands.Matches, nearest []view.Candidate) clientJSON {
	j := clientJSON{Matches: []matchJSON{}}
	for _, f := range m.Found {
		j.Matches = append(j.Matches, matchJSON{f.Number, f.Name, f.Group, f.Score})
	}
	for _, n := range nearest {
		j.Nearest = append(j.Nearest, memberJSON{n.Number, n.Name})
	}
	if m.Card != nil {
		j.Card = toCardJSON(p, *m.Card)
	}
	return j
}

func toCardJSON(p *locale.Printer, c view.Card) *cardJSON {
	j := &cardJSON{Number: c.Client.Number, Name: c.Client.Name, Group: c.Group.Name,
		Members: []memberJSON{}, Contacts: []contactJSON{}, RevenueByYear: c.Years, Services: []string{},
		Manager: toPersonJSON(c.Manager), Partner: toPersonJSON(c.Partner), New: c.Yearly.New}
	for _, m := range c.Members {
		j.Members = append(j.Members, memberJSON{m.Number, m.Name})
	}
	for _, p := range c.Contacts {
		j.Contacts = append(j.Contacts, contactJSON{p.Name, p.Role, p.Email, p.Phone})
	}
	for _, s := range c.Services {
		j.Services = append(j.Services, s.Name)
	}
	if j.RevenueByYear == nil {
		j.RevenueByYear = []value.YearRevenue{}
	}
	if c.Yearly.Known {
		j.Yearly, j.TTM, j.PreviousTTM = &c.Yearly.Amount, &c.TTM, &c.Previous
	}
	if c.Since.Known() {
		j.Since = &c.Since
	}
	if c.Segment != nil {
		j.Segment = &c.Segment.Segment
		if c.Segment.Item.Segment != "" {
			j.Value, j.Coverage = &c.Segment.Item.Score, &c.Segment.Item.Coverage
		}
	}
	if l := c.Lifetime; l != nil && l.Model != "" {
		j.Lifetime = &lifetimeJSON{l.Model, l.ToDate, l.Expected, l.Low, l.High, l.Net}
	}
	if c.Rating != nil {
		j.Rating = &c.Rating.Mean
	}
	if cell := string(c.Cell()); cell != "" {
		j.Matrix = &cell
	}
	if c.Last != nil {
		j.LastTouch = &c.Last.Day
	}
	if c.Next != nil {
		j.NextDue = &c.Next.Until
	}
	j.advise(p, c.Approach)
	return j
}

// advise fills in what the office could do, where it is known.
func (j *cardJSON) advise(p *locale.Printer, a *view.CardApproach) {
	if a == nil {
		return
	}
	if a.Potential.Known() {
		j.Potential = &a.Potential.Amount
	}
	if a.Potential.Level != value.LevelNone { // who has no peers may buy all or nothing of what they buy
		j.Whitespace = []whitespaceJSON{}
	}
	for _, w := range a.Potential.Whitespace {
		j.Whitespace = append(j.Whitespace, whitespaceJSON{a.Names[w.Service].Name, w.Amount})
	}
	if a.Type != "" {
		kind, goal := p.T(value.TypeKey(a.Type), nil), view.StrategyGoal(p, a.Strategy)
		j.ClientType, j.Strategy = &kind, &goal
	}
}

func toPersonJSON(m analysis.Manager) *personJSON {
	if m.ID == 0 {
		return nil
	}
	return &personJSON{m.Name, m.Email}
}
