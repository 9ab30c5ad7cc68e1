package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/storage"
)

// reporting is one report being made.
type reporting struct {
	Survey
	ask      surveyAsk
	actor    analysis.Actor
	lead     analysis.Audience // whose words a model may summarise
	choices  survey.Choices
	waves    []survey.Wave
	measured map[analysis.WaveID]*measuredWave
	groups   map[analysis.GroupID]storage.Listed // of the clients who answered by name
	// read are the clients whose own answers are shown, for the audit.
	read []storage.AuditLine
}

// reporting begins a report.
func (c Survey) reporting(ctx context.Context, req Request, ask surveyAsk) (r reporting, err error) {
	r = reporting{Survey: c, ask: ask, actor: req.Actor, measured: map[analysis.WaveID]*measuredWave{}, groups: map[analysis.GroupID]storage.Listed{}}
	if r.choices, err = SurveyChoices(ctx, c.Settings); err != nil {
		return r, err
	}
	r.waves, err = c.Surveys.Waves(ctx)
	return r, err
}

// measuredWave is a wave with what has to be recorded once it is shown.
type measuredWave struct {
	figures   survey.Figures
	markets   []survey.Figures // also where figures is one of them
	responses []survey.Response
	seen      int // cells that were shown before
	release   []survey.Cell
}

func (r *reporting) report(ctx context.Context, req Request) (report view.SurveyReport, err error) {
	name, audience := r.ask.name, r.ask.audience
	if r.ask.wave != 0 {
		for _, w := range r.waves {
			if w.ID == r.ask.wave {
				name, audience = w.Name, w.Audience
			}
		}
	}
	held := r.named(name)
	if len(held) == 0 {
		return report, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	report.Name = held[0].Name
	r.lead = cmp.Or(audience, held[0].Audience)
	var ids []analysis.WaveID
	for _, w := range held {
		if !r.divides(w) || r.ask.alone && w.ID != r.ask.wave {
			continue
		}
		ids = append(ids, w.ID)
		one, err := r.audience(ctx, w)
		if err != nil {
			return report, err
		}
		if r.ask.holds != nil && one.Wave.Responses == 0 && w.Audience != audience {
			continue
		}
		if w.Audience == audience {
			report.Lead = len(report.Audiences)
		}
		report.Audiences = append(report.Audiences, one)
	}
	if len(report.Audiences) == 0 || audience != "" && report.Leading().Wave.Audience != audience {
		return report, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	report.Gap = gapOf(report.Audiences)
	if report.Refused, err = r.Surveys.RefusedRows(ctx, ids); err != nil {
		return report, err
	}
	return report, r.record(ctx, req)
}

// divides reports whether the answers of a wave can be told apart by what the
// cut asks: of a wave in which nobody may be recognised no client is known.
func (r *reporting) divides(w survey.Wave) bool { return r.ask.holds == nil || !w.Guarded() }

// named returns the waves of a survey, by the order of audiences. A name is found
// without regard to case; a wave that was fixed and not answered yet is left out
// where others were.
func (r *reporting) named(name string) []survey.Wave {
	var held []survey.Wave
	for _, audience := range analysis.Audiences() {
		for _, w := range r.waves {
			if w.Audience == audience && strings.EqualFold(w.Name, strings.Join(strings.Fields(name), " ")) {
				held = append(held, w)
			}
		}
	}
	if answered := slices.DeleteFunc(slices.Clone(held), func(w survey.Wave) bool { return w.Responses == 0 }); len(answered) > 0 {
		return answered
	}
	return held
}

// measure makes the figures of a wave once.
func (r *reporting) measure(ctx context.Context, w survey.Wave) (*measuredWave, error) {
	if m := r.measured[w.ID]; m != nil {
		return m, nil
	}
	shown, err := r.Surveys.ShownCells(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	m := &measuredWave{seen: len(shown)}
	if m.responses, err = r.Surveys.Responses(ctx, w.ID); err != nil {
		return nil, err
	}
	if err := r.divide(ctx, &w, m); err != nil {
		return nil, err
	}
	m.figures, m.release = survey.Measure(w, m.responses, r.choices, shown)
	m.markets = m.figures.Markets
	if r.ask.cut.Market != "" {
		m.figures = marketOf(m.figures, r.ask.cut.Market)
		m.responses = slices.DeleteFunc(m.responses, func(one survey.Response) bool { return view.SurveyMark(one.Market) != r.ask.cut.Market })
	}
	r.measured[w.ID] = m
	return m, nil
}

// divide keeps the responses that the report is about. Of a wave by name with
// fewer answers than may be shown of strangers, it keeps what the actor may read.
func (r *reporting) divide(ctx context.Context, w *survey.Wave, m *measuredWave) error {
	if w.Guarded() {
		return nil
	}
	if err := r.listed(ctx, m.responses); err != nil {
		return err
	}
	keep := func(one *survey.Response) bool { return r.ask.holds == nil || r.ask.holds(r.groups[one.Group]) }
	m.responses = slices.DeleteFunc(m.responses, func(one survey.Response) bool { return !keep(&one) })
	if len(m.responses) < r.fewest() {
		m.responses = slices.DeleteFunc(m.responses, func(one survey.Response) bool { return !r.reads(*w, &one) })
	}
	w.Responses = len(m.responses)
	r.joinMarkets(*w, m.responses)
	return nil
}

// joinMarkets takes those the actor may not read out of the focus markets with
// fewer answers than may be shown of strangers; in the whole they count.
func (r *reporting) joinMarkets(w survey.Wave, responses []survey.Response) {
	n := map[string]int{}
	for _, one := range responses {
		n[one.Market]++
	}
	for i := range responses {
		if one := &responses[i]; n[one.Market] < r.fewest() && !r.reads(w, one) {
			one.Market = ""
		}
	}
}

func (r *reporting) fewest() int { return max(r.choices.Fewest, survey.Fewest) }

// listed reads whose the clients of responses are.
func (r *reporting) listed(ctx context.Context, responses []survey.Response) error {
	if r.Roster == nil {
		return nil
	}
	var ids []analysis.GroupID
	for _, one := range responses {
		if _, known := r.groups[one.Group]; one.Group != 0 && !known {
			ids = append(ids, one.Group)
		}
	}
	groups, err := r.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return fmt.Errorf("read the groups that answered: %w", err)
	}
	for _, g := range groups {
		r.groups[g.ID] = g
	}
	return nil
}

func (r *reporting) audience(ctx context.Context, w survey.Wave) (view.SurveyAudience, error) {
	m, err := r.measure(ctx, w)
	if err != nil {
		return view.SurveyAudience{}, err
	}
	one := view.SurveyAudience{Figures: m.figures, AllMarkets: m.markets}
	if before, ok := survey.Previous(w, r.waves); ok && !r.ask.alone {
		was, err := r.measure(ctx, before)
		if err != nil {
			return one, err
		}
		changes := survey.Since(m.figures, was.figures)
		one.Changes = &changes
	}
	if !r.ask.words || r.ask.wave != 0 && r.ask.wave != w.ID {
		return one, nil
	}
	one.Summary, err = r.summary(ctx, m)
	return one, err
}

// marketOf is a focus market of figures, by its mark; without answers where it
// has none.
func marketOf(f survey.Figures, mark string) survey.Figures {
	for _, m := range f.Markets {
		if view.SurveyMark(m.Market) == mark {
			m.Wave.Responses = answered(m)
			return m
		}
	}
	w := f.Wave
	w.Responses = 0
	return survey.Figures{Wave: w, Market: mark}
}

// answered is how many are in the largest of the figures that are shown: how many
// there are in all may be fewer than may be told of.
func answered(f survey.Figures) int {
	most := len(f.Comments)
	if f.NPS != nil {
		most = max(most, f.NPS.N())
	}
	if f.Grade != nil {
		most = max(most, f.Grade.N)
	}
	for _, t := range f.Themes {
		most = max(most, t.N())
	}
	return most
}

func gapOf(audiences []view.SurveyAudience) []survey.PerceptionGap {
	by := map[analysis.Audience]survey.Figures{}
	for _, a := range audiences {
		by[a.Wave.Audience] = a.Figures
	}
	return survey.Gap(by[analysis.AskedEmployees], by[analysis.AskedClients])
}
