package commands

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage/ingest"
)

// Columns opens the form in which a person says which column is what, and of a
// survey whose answers they are and what they were told.
func (c Drop) Columns(ctx context.Context, req Request) (reply Reply, err error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	choice, err := parseDropChoice(req.Value)
	if err != nil {
		return Reply{}, err
	}
	l, err := c.look(ctx, req, choice)
	if err != nil {
		return Reply{}, err
	}
	defer func() { err = errors.Join(err, l.file.Close()) }()
	d := l.file.Detected()
	f := view.DropForm{Kind: d.Kind, File: req.File.Name, Value: l.choice.String(), Header: d.Header, Chosen: map[string][]int{},
		Fields: ingest.Fields(d.Kind)}
	for _, found := range d.Found {
		group := groupOf(found.Field)
		f.Chosen[group] = append(f.Chosen[group], found.Column)
	}
	if d.Kind == analysis.ImportSurvey {
		f.Groups, f.Audience, f.Disclosure = dropGroups, l.audience(), l.disclosure()
		f.Fields = slices.DeleteFunc(f.Fields, func(name string) bool { return name == "wave" })
		f.Wave, _ = l.wave()
	}
	return Show(view.DropColumns(locale.New(req.Lang, req.Zone), f)), nil
}

// dropWave is what the form says of a survey.
type dropWave struct {
	name       string
	audience   analysis.Audience
	disclosure analysis.Disclosure
}

func waveIn(fields map[string]string) dropWave {
	return dropWave{strings.Join(strings.Fields(fields[view.FieldDropWave]), " "), analysis.Audience(fields[view.FieldDropAudience]),
		analysis.Disclosure(fields[view.FieldDropDisclosure])}
}

// longestWave is how long the name of a wave may be, in characters.
const longestWave = 60

// Validate checks the form: reading only, and not the file.
func (c Drop) Validate(ctx context.Context, req Request) (map[string]string, error) {
	choice, err := parseDropChoice(req.Private)
	if err != nil {
		return nil, err
	}
	p, wrong := locale.New(req.Lang, req.Zone), map[string]string{}
	taken := map[int]string{}
	columns := columnsIn(req.Fields)
	for _, field := range slices.Sorted(maps.Keys(columns)) {
		for _, n := range columns[field] {
			if taken[n] != "" {
				wrong[view.FieldDropColumn(field)] = p.T("drop.column_twice", analysis.Args{"field": view.DropField(p, choice.Kind, taken[n])})
			}
			taken[n] = field
		}
	}
	if choice.Kind != analysis.ImportSurvey {
		return wrong, nil
	}
	w := waveIn(req.Fields)
	switch {
	case w.name == "":
		wrong[view.FieldDropWave] = p.T("drop.wave_empty", nil)
	case utf8.RuneCountInString(w.name) > longestWave:
		wrong[view.FieldDropWave] = p.T("drop.wave_long", analysis.Args{"most": longestWave})
	}
	if w.audience == analysis.AskedEmployees && w.disclosure == analysis.ByName {
		wrong[view.FieldDropDisclosure] = p.T("drop.employees_by_name", nil)
	}
	waves, err := c.Surveys.Waves(ctx)
	if err != nil {
		return nil, fmt.Errorf("read waves: %w", err)
	}
	for _, there := range waves {
		if there.Name == w.name && there.Audience == w.audience && there.Disclosure != w.disclosure {
			key := "drop.fixed_anonymous"
			if there.Disclosure == analysis.ByName {
				key = "drop.fixed_by_name"
			}
			wrong[view.FieldDropDisclosure] = p.T(key, analysis.Args{"wave": w.name})
		}
	}
	for _, group := range []string{dropImportance, dropPerformance} {
		if len(columns[group]) > survey.MostThemes {
			wrong[view.FieldDropColumn(group)] = p.T("drop.themes", analysis.Args{"most": survey.MostThemes})
		}
	}
	return wrong, nil
}

// columnsIn are the columns that the form says, by field; a field without is left
// out.
func columnsIn(fields map[string]string) map[string][]int {
	columns := map[string][]int{}
	for block, value := range fields {
		field, ok := strings.CutPrefix(block, view.FieldDropColumn(""))
		if !ok {
			continue
		}
		for _, part := range strings.Fields(value) {
			if n, err := strconv.Atoi(part); err == nil && n >= 0 {
				columns[field] = append(columns[field], n)
			}
		}
		slices.Sort(columns[field])
	}
	return columns
}

// Save takes what the form says and shows the file anew, in the place of the
// preview. Nothing is fixed before the file is taken over.
func (c Drop) Save(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	choice, err := parseDropChoice(req.Private)
	if err != nil {
		return Reply{}, err
	}
	choice.Columns = columnsIn(req.Fields)
	if choice.Kind == analysis.ImportSurvey {
		w := waveIn(req.Fields)
		choice.Audience, choice.ByName, choice.Wave = w.audience, w.disclosure == analysis.ByName, ""
		if w.name != waveOf(ImportRequest{Path: req.File.Name}) {
			choice.Wave = w.name
		}
	}
	reply, err := c.show(ctx, req, choice)
	reply.Instead = true
	return reply, err
}
