package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// The chips of an answer: what of a question can be changed.
const (
	chipIntent   = "intent"
	chipClient   = "client"
	chipManager  = "manager"
	chipSegment  = "segment"
	chipPeriod   = "period"
	chipAudience = "audience"
)

// everybody and everything are the choices that leave a slot empty; asIs leaves it
// as it was said.
const (
	empty = "-"
	asIs  = "="
)

// periodChips are the periods that a chip offers: the words that mean them.
var periodChips = []struct{ key, said string }{
	{"ask.period.quarter", "dit kwartaal"}, {"ask.period.last_quarter", "vorig kwartaal"}, {"ask.period.year", "dit jaar"},
	{"ask.period.last_year", "vorig jaar"}, {"ask.period.twelve", "laatste 12 maanden"},
}

// audienceChips are whom a survey can have asked.
var audienceChips = []analysis.Audience{analysis.AskedClients, analysis.AskedProspects, analysis.AskedFormer, analysis.AskedEmployees}

// slotsUsed are the chips of an intent: what changes its answer.
func slotsUsed(i ask.Intent) []string {
	family, _, _ := strings.Cut(string(i), ".")
	switch {
	case i == ask.ClientRevenue || i == ask.ClientChanges:
		return []string{chipIntent, chipClient, chipPeriod}
	case i.AboutClient():
		return []string{chipIntent, chipClient}
	case i == ask.PortfolioNoContact || i == ask.PortfolioTop || i == ask.PortfolioGrowth || i == ask.PortfolioDecline:
		return []string{chipManager, chipSegment, chipPeriod}
	case family == "portfolio" || i == ask.SegmentList || i == ask.AttentionWeek || i == ask.AttentionOverdue:
		return []string{chipManager, chipSegment}
	case family == "pyramid" || family == "segment" || i == ask.SurveyAmbassadors || i == ask.SurveyWinback || i == ask.SurveyLeads:
		return []string{chipManager}
	case i == ask.SurveyReport || i == ask.SurveyNPS || i == ask.SurveyTheme:
		return []string{chipAudience, chipPeriod}
	case i == ask.AttentionReport:
		return []string{chipPeriod}
	}
	return nil
}

// chips are what of a can be changed, each with what it is now.
func (c Conversation) chips(ctx context.Context, req Request, p *locale.Printer, id storage.QuestionID, a Answer) ([]view.AnswerChip, error) {
	var all []view.AnswerChip
	for _, what := range slotsUsed(a.Intent) {
		chip := view.AnswerChip{What: what, Asks: p.T("ask.chip."+what, nil)}
		var err error
		switch what {
		case chipIntent:
			chip.Options, chip.Now = c.intentOptions(p, a)
		case chipClient:
			// Of a relatiegroep no one client is meant; one can be chosen.
			if a.Card != nil && (!relational[a.Intent] || view.RelationName(*a.Card) == a.Card.Client.Name) {
				chip.Options = []view.Option{view.ClientOption(a.Card.Client)}
			}
			all = append(all, chip)
			continue
		case chipManager:
			chip.Options, chip.Now, err = c.managerOptions(ctx, req, p, a)
		case chipSegment:
			chip.Options, chip.Now = segmentOptions(p, a)
		case chipPeriod:
			chip.Options, chip.Now = periodOptions(p, req.today(), a)
		case chipAudience:
			chip.Options, chip.Now = audienceOptions(p, a)
		}
		if err != nil {
			return nil, err
		}
		for i := range chip.Options {
			chip.Options[i].Value = fmt.Sprintf("%d;%s=%s", id, what, chip.Options[i].Value)
		}
		all = append(all, chip)
	}
	return all, nil
}

// intentOptions are what else can be asked of a client.
func (c Conversation) intentOptions(p *locale.Printer, a Answer) (options []view.Option, now int) {
	for _, i := range ask.Intents() {
		if strings.HasPrefix(string(i), "client.") {
			if i == a.Intent {
				now = len(options)
			}
			options = append(options, view.Option{Label: p.T("ask.intent."+string(i), nil), Value: string(i)})
		}
	}
	return options, now
}

// mostManagers is how many colleagues a chip offers beside everybody and oneself.
const mostManagers = 90

func (c Conversation) managerOptions(ctx context.Context, req Request, p *locale.Printer, a Answer) (options []view.Option, now int, err error) {
	options = []view.Option{{Label: p.T("ask.chip.everybody", nil), Value: empty}}
	if req.Actor.Manager != 0 {
		if a.Slots.Manager == ask.Me {
			now = len(options)
		}
		options = append(options, view.Option{Label: p.T("ask.slot.me", nil), Value: ask.Me})
	}
	all, err := c.Ask.Portfolio.Managers.AllManagers(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("read the managers: %w", err)
	}
	for _, m := range all[:min(len(all), mostManagers)] {
		if m.Name == "" || m.ID == req.Actor.Manager {
			continue
		}
		if m.ID == a.Manager.ID && a.Slots.Manager != ask.Me {
			now = len(options)
		}
		options = append(options, view.Option{Label: p.T("ask.chip.of", analysis.Args{"name": m.Name}), Value: strconv.FormatInt(int64(m.ID), 10)})
	}
	return options, now, nil
}

func segmentOptions(p *locale.Printer, a Answer) (options []view.Option, now int) {
	options = []view.Option{{Label: p.T("ask.chip.segments", nil), Value: empty}}
	for _, s := range analysis.Segments() {
		if s == a.Slots.Segment {
			now = len(options)
		}
		options = append(options, view.Option{Label: p.T("ask.chip.one_segment", analysis.Args{"segment": string(s)}), Value: string(s)})
	}
	return options, now
}

func periodOptions(p *locale.Printer, today analysis.Day, a Answer) (options []view.Option, now int) {
	options, now = []view.Option{{Label: p.T("ask.chip.no_period", nil), Value: empty}}, -1
	if !a.Slots.Period.Known() {
		now = 0
	}
	for _, one := range periodChips {
		if a.Slots.Period == saidPeriod(one.said, today) {
			now = len(options)
		}
		options = append(options, view.Option{Label: p.T(one.key, nil), Value: one.said})
	}
	if now < 0 {
		now = len(options)
		options = append(options, view.Option{Label: periodWords(p, a.Slots.Period), Value: asIs})
	}
	return options, now
}

// saidPeriod is the period that words mean today.
func saidPeriod(words string, today analysis.Day) ask.Period {
	return ask.Read(words, today, ask.Vocabulary{}).Slots.Period
}

func audienceOptions(p *locale.Printer, a Answer) (options []view.Option, now int) {
	for _, one := range audienceChips {
		if one == a.Slots.Audience {
			now = len(options)
		}
		options = append(options, view.Option{Label: p.T("ask.audience."+string(one), nil), Value: string(one)})
	}
	return options, now
}

// change does what a chip says. What it does not know is an error that says that the
// question is gone: the buttons are of another time.
func (c Conversation) change(_ context.Context, req Request, m *meant, what, to string) error {
	gone := analysis.Fail(analysis.NotFound, "ask.gone", nil)
	switch what {
	case chipIntent:
		if i := ask.Intent(to); slices.Contains(ask.Intents(), i) && i.AboutClient() {
			m.Intent = i
			return nil
		}
	case chipManager:
		m.Slots.Manager, m.manager = "", 0
		if to == empty {
			return nil
		}
		if to == ask.Me {
			m.Slots.Manager = ask.Me
			return nil
		}
		if n, err := strconv.ParseInt(to, 10, 64); err == nil && n > 0 {
			m.manager = analysis.ManagerID(n)
			return nil
		}
	case chipSegment:
		if s := analysis.Segment(to); to == empty || slices.Contains(analysis.Segments(), s) {
			m.Slots.Segment = analysis.Segment(strings.TrimPrefix(to, empty))
			return nil
		}
	case chipPeriod:
		for _, one := range periodChips {
			if to == one.said {
				m.Slots.Period, m.Slots.Days = saidPeriod(to, req.today()), 0
				return nil
			}
		}
		if to == empty {
			m.Slots.Period, m.Slots.Days = ask.Period{}, 0
			return nil
		}
		if to == asIs {
			return nil
		}
	case chipAudience:
		if a := analysis.Audience(to); slices.Contains(audienceChips, a) {
			m.Slots.Audience = a
			return nil
		}
	}
	return gone
}
