package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// questionnaireLetter is the kind of ledger entry that sends a questionnaire as a
// file. Its Subject says which: questionnaire.String.
const questionnaireLetter = "survey.questionnaire"

// Questionnaire makes questionnaires to paste into a form. What respondents are
// told about their names is fixed with it, before the first answer.
type Questionnaire struct {
	Surveys  storage.Surveys
	Settings storage.Settings
	Store    storage.Writer
	// Now is wall time: when the ledger may send.
	Now func() time.Time
}

// questionnaire is what is asked of whom.
type questionnaire struct {
	audience   analysis.Audience
	approach   SurveyApproach
	disclosure analysis.Disclosure
	lang       locale.Lang // of the respondents
}

// String is the questionnaire as a letter's subject.
func (q questionnaire) String() string {
	return strings.Join([]string{string(q.audience), string(q.approach), string(q.disclosure), string(q.lang)}, "/")
}

func parseQuestionnaire(s string) (questionnaire, bool) {
	parts := strings.Split(s, "/")
	if len(parts) != 4 {
		return questionnaire{}, false
	}
	q := questionnaire{analysis.Audience(parts[0]), SurveyApproach(parts[1]), analysis.Disclosure(parts[2]), locale.Lang(parts[3])}
	ok := slices.Contains(analysis.Audiences(), q.audience) && slices.Contains([]SurveyApproach{Interview, FullForm, ShortForm}, q.approach) &&
		(q.disclosure == analysis.Anonymous || q.disclosure == analysis.ByName) && slices.Contains(locale.Langs(), q.lang)
	return q, ok
}

// Open answers /onderzoek sjabloon and *Nieuwe vragenlijst*.
func (c Questionnaire) Open(_ context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.HoldSurvey, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	return Show(view.QuestionnaireForm(locale.New(req.Lang, req.Zone), req.today())), nil
}

// longestSurvey is how long the name of a survey is at most, in characters.
const longestSurvey = 60

// typed reads the form; where fields are wrong they say so.
func (c Questionnaire) typed(req Request) (name string, q questionnaire, wrong map[string]string) {
	p := locale.New(req.Lang, req.Zone)
	wrong = map[string]string{}
	if name = tidy(req.Fields[view.FieldName]); name == "" || len([]rune(name)) > longestSurvey {
		wrong[view.FieldName] = p.T("survey.form.name_wrong", analysis.Args{"most": longestSurvey})
	}
	subject := strings.Join([]string{req.Fields[view.FieldAudience], req.Fields[view.FieldApproach], req.Fields[view.FieldDisclosure], req.Fields[view.FieldLanguage]}, "/")
	q, ok := parseQuestionnaire(subject)
	switch {
	case !ok:
		wrong[view.FieldAudience] = p.T("survey.wave_form", nil)
	case q.audience == analysis.AskedEmployees && q.disclosure == analysis.ByName:
		wrong[view.FieldDisclosure] = p.T("survey.employees_anonymous", nil)
	}
	return name, q, wrong
}

// Validate checks the form, and that respondents of that survey were told nothing
// else before.
func (c Questionnaire) Validate(ctx context.Context, req Request) (map[string]string, error) {
	name, q, wrong := c.typed(req)
	if len(wrong) > 0 {
		return wrong, nil
	}
	waves, err := c.Surveys.Waves(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the surveys: %w", err)
	}
	for _, w := range waves {
		if strings.EqualFold(w.Name, name) && w.Audience == q.audience && w.Disclosure != q.disclosure {
			wrong[view.FieldName] = locale.New(req.Lang, req.Zone).T("survey.disclosure_fixed", analysis.Args{"wave": w.Name})
		}
	}
	return wrong, nil
}

// Make answers the form: the wave is fixed and the questionnaire comes as a file in
// a direct message.
func (c Questionnaire) Make(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.HoldSurvey, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	name, q, wrong := c.typed(req)
	if len(wrong) > 0 {
		return Reply{Errors: wrong}, nil
	}
	t, err := c.template(ctx, q)
	if err != nil {
		return Reply{}, err
	}
	e := storage.LedgerEntry{Key: "questionnaire/" + req.Key, Kind: questionnaireLetter, User: req.Actor.User, Lang: string(req.Lang), Subject: q.String(),
		Author: req.Actor.User, At: req.At, Due: c.Now()}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "survey.make", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		w := survey.Wave{Name: name, Audience: q.audience, Disclosure: q.disclosure, Day: req.today()}
		if err := tx.FixWave(ctx, w, req.Actor.User, req.At); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	p := locale.New(req.Lang, req.Zone)
	var why *analysis.Error
	if errors.As(err, &why) && why.Kind == analysis.Invalid {
		return Reply{Errors: map[string]string{view.FieldName: p.Error(why)}}, nil
	}
	if err != nil {
		return Reply{}, fmt.Errorf("fix a survey: %w", err)
	}
	return Show(view.QuestionnaireMade(p, name, t.Statement, len(t.Questions))), nil
}

// template words the questions with the themes and words that the office chose.
func (c Questionnaire) template(ctx context.Context, q questionnaire) (SurveyTemplate, error) {
	choices, err := SurveyChoices(ctx, c.Settings)
	if err != nil {
		return SurveyTemplate{}, err
	}
	return NewSurveyTemplate(locale.New(q.lang, nil), choices, q.audience, q.approach, q.disclosure)
}

// Letter writes the questionnaire when it is sent.
func (c Questionnaire) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	q, ok := parseQuestionnaire(e.Subject)
	if !ok {
		return view.Message{}, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	t, err := c.template(ctx, q)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	m := view.QuestionnaireLetter(p, q.audience, q.disclosure, len(t.Questions))
	name := strings.ReplaceAll(fmt.Sprintf("vragenlijst-%s-%s.txt", q.audience, q.disclosure), " ", "-")
	m.File = &view.File{Name: name, Content: []byte(t.Text(locale.New(q.lang, nil)))}
	return m, nil
}
