package commands

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// SurveyWords is the window in which an office chooses the themes it asks about, the
// words by which an open answer is known to be about one, and the words of appreciation.
type SurveyWords struct {
	Settings storage.Settings
	Store    storage.Writer
}

// Bounds of the words of a theme.
const (
	mostSeeds   = 30
	longestSeed = 40
)

// worded is what holds of a survey's words, or what was typed.
type worded struct {
	themes []survey.Theme
	ladder []survey.Step
	// The versions of the settings they are of; 0: nothing was chosen yet.
	themesAt, ladderAt int
}

// Open answers *Thema's en woorden wijzigen*.
func (c SurveyWords) Open(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ChooseValue, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	now, err := c.now(ctx)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	form := view.SurveyWords{Themes: typedThemes(p, now.themes), Private: now.private()}
	for rung := range form.Rungs {
		form.Rungs[rung] = typedRung(now.ladder, rung+1)
	}
	return Show(view.SurveyWordsForm(p, form)), nil
}

// now reads what holds.
func (c SurveyWords) now(ctx context.Context) (w worded, err error) {
	choices, err := SurveyChoices(ctx, c.Settings)
	if err != nil {
		return w, err
	}
	w.themes, w.ladder = choices.Themes, choices.Ladder
	for key, version := range map[string]*int{surveyThemesKey: &w.themesAt, surveyLadderKey: &w.ladderAt} {
		s, err := c.Settings.Setting(ctx, key)
		if err != nil && analysis.KindOf(err) != analysis.NotFound {
			return w, fmt.Errorf("read setting %s: %w", key, err)
		}
		*version = s.Version
	}
	return w, nil
}

// private is what the window remembers: of which versions it is.
func (w worded) private() string { return fmt.Sprintf("%d/%d", w.themesAt, w.ladderAt) }

// Validate checks the window.
func (c SurveyWords) Validate(_ context.Context, req Request) (map[string]string, error) {
	_, wrong := surveyWordsTyped(locale.New(req.Lang, req.Zone), req.Fields)
	return wrong, nil
}

// Save answers the window. What is as it was stays the version it is; what is empty, or
// as an office begins, is the program's own again.
func (c SurveyWords) Save(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ChooseValue, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	p := locale.New(req.Lang, req.Zone)
	typed, wrong := surveyWordsTyped(p, req.Fields)
	if len(wrong) > 0 {
		return Reply{Errors: wrong}, nil
	}
	now, err := c.now(ctx)
	if err != nil {
		return Reply{}, err
	}
	if sameWords(typed.themes, now.themes) && sameWords(typed.ladder, now.ladder) {
		return Show(view.SurveyWordsSaved(p, len(now.themes), len(now.ladder))), nil // also a second time
	}
	if req.Private != now.private() {
		return Reply{Errors: map[string]string{view.FieldThemes: p.T("survey.words.stale", nil)}}, nil
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		if !sameWords(typed.themes, now.themes) {
			if err := saveSurveyThemes(ctx, tx, typed.themes, now.themesAt, req); err != nil {
				return err
			}
		}
		if !sameWords(typed.ladder, now.ladder) {
			if err := saveSurveyLadder(ctx, tx, typed.ladder, now.ladderAt, req); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "survey.words.save", Request: req.Key})
	})
	var why *analysis.Error
	if errors.As(err, &why) && why.Kind == analysis.Invalid {
		return Reply{Errors: map[string]string{view.FieldThemes: p.T("survey.words.stale", nil)}}, nil
	}
	if err != nil {
		return Reply{}, fmt.Errorf("save the words of surveys: %w", err)
	}
	return Show(view.SurveyWordsSaved(p, len(typed.themes), len(typed.ladder))), nil
}

// sameWords compares themes or steps as they are kept.
func sameWords[T any](a, b []T) bool {
	one, err := json.Marshal(a)
	other, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(one, other)
}

// surveyWordsTyped reads the window; where fields are wrong they say so.
func surveyWordsTyped(p *locale.Printer, fields map[string]string) (w worded, wrong map[string]string) {
	wrong = map[string]string{}
	w.themes = themesTyped(fields[view.FieldThemes])
	var why *analysis.Error
	if errors.As(cmp.Or(survey.CheckThemes(w.themes), checkSeeds(w.themes)), &why) {
		wrong[view.FieldThemes] = p.Error(why)
	}
	for rung := 1; rung <= view.Rungs; rung++ {
		w.ladder = append(w.ladder, rungTyped(fields[view.FieldRung(rung)], rung)...)
	}
	if len(w.ladder) == 0 {
		w.ladder = survey.DefaultLadder()
	}
	if errors.As(survey.CheckLadder(w.ladder), &why) {
		wrong[view.FieldRung(rungWrong(w.ladder, why))] = p.Error(why)
	}
	return w, wrong
}

// rungWrong is the rung of the word that why of survey.CheckLadder is about: of two alike
// the second; the highest where it is about no word.
func rungWrong(ladder []survey.Step, why *analysis.Error) int {
	rung := view.Rungs
	for _, s := range ladder {
		if s.Word == why.Args["word"] {
			rung = s.Rung
		}
	}
	return rung
}

func checkSeeds(themes []survey.Theme) error {
	for _, t := range themes {
		if len(t.Seeds) > mostSeeds {
			return analysis.Fail(analysis.Invalid, "survey.words.many", analysis.Args{"theme": t.Name, "most": mostSeeds})
		}
		for _, seed := range t.Seeds {
			if len([]rune(seed)) > longestSeed {
				return analysis.Fail(analysis.Invalid, "survey.words.long", analysis.Args{"theme": t.Name, "most": longestSeed})
			}
		}
	}
	return nil
}

// themesTyped reads a theme a line, "naam: woord, woord"; none are the program's own.
func themesTyped(typed string) (themes []survey.Theme) {
	for line := range strings.Lines(typed) {
		name, words, _ := strings.Cut(line, ":")
		if strings.TrimSpace(line) == "" {
			continue
		}
		t := survey.Theme{Name: themeCalled(survey.ThemeName(clean(name)))}
		for word := range strings.SplitSeq(words, ",") {
			if word = survey.ThemeName(clean(word)); word != "" {
				t.Seeds = append(t.Seeds, word)
			}
		}
		themes = append(themes, t)
	}
	if len(themes) == 0 {
		return survey.DefaultThemes()
	}
	return themes
}

// themeCalled is a theme of the program that is called so in a language, or the name of
// one of the office's own.
func themeCalled(name string) string {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for _, t := range survey.DefaultThemes() {
			if survey.ThemeName(view.ThemeWords(p, t.Name)) == name {
				return t.Name
			}
		}
	}
	return name
}

// typedThemes is what themesTyped reads as themes, in p's language.
func typedThemes(p *locale.Printer, themes []survey.Theme) string {
	lines := make([]string, len(themes))
	for i, t := range themes {
		if lines[i] = view.ThemeWords(p, t.Name); len(t.Seeds) > 0 {
			lines[i] += ": " + strings.Join(t.Seeds, ", ")
		}
	}
	return strings.Join(lines, "\n")
}

// ambitious stands behind a word by which the office wants to be known.
const ambitious = "*"

// rungTyped reads a word of appreciation a line.
func rungTyped(typed string, rung int) (steps []survey.Step) {
	for line := range strings.Lines(typed) {
		word, ambition := strings.CutSuffix(strings.TrimSpace(line), ambitious)
		if word = survey.ThemeName(clean(word)); word != "" {
			steps = append(steps, survey.Step{Word: word, Rung: rung, Ambition: ambition})
		}
	}
	return steps
}

// typedRung is what rungTyped reads as the words of a rung.
func typedRung(ladder []survey.Step, rung int) string {
	var lines []string
	for _, s := range ladder {
		switch {
		case s.Rung == rung && s.Ambition:
			lines = append(lines, s.Word+" "+ambitious)
		case s.Rung == rung:
			lines = append(lines, s.Word)
		}
	}
	return strings.Join(lines, "\n")
}
