package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Blocks of the form of a questionnaire by the field they fill in; FieldName is
// that of other forms too.
const (
	FieldAudience   = "audience"
	FieldApproach   = "approach"
	FieldDisclosure = "disclosure"
	FieldLanguage   = "language"
)

// QuestionnaireForm asks who is asked, how, and what they are told about their
// names. today proposes a name.
func QuestionnaireForm(p *locale.Printer, today analysis.Day) Modal {
	name := slack.NewPlainTextInputBlockElement(nil, "name")
	name.InitialValue = p.T("survey.form.name_proposed", analysis.Args{"year": today.Time().Format("2006")})
	audience := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "audience")
	for _, a := range analysis.Audiences() {
		audience.Options = append(audience.Options, slack.NewOptionBlockObject(string(a), plain(capital(audienceWord(p, a)), maxOption), nil))
	}
	audience.InitialOption = audience.Options[0]
	language := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "language")
	for _, l := range locale.Langs() {
		language.Options = append(language.Options, slack.NewOptionBlockObject(string(l), plain(p.T("survey.form.language."+string(l), nil), maxOption), nil))
	}
	language.InitialOption = language.Options[0]
	return Modal{Title: cut(p.T("survey.form.title", nil), maxTitle), Submit: p.T("survey.form.make", nil), Close: p.T("word.close", nil), Callback: "survey.make.v1",
		Blocks: []slack.Block{section(p.T("survey.form.intro", nil)),
			slack.NewInputBlock(FieldName, plain(p.T("survey.form.name", nil), maxHeader), plain(p.T("survey.form.name_hint", nil), maxHeader), name),
			slack.NewInputBlock(FieldAudience, plain(p.T("survey.form.audience", nil), maxHeader), nil, audience),
			slack.NewInputBlock(FieldApproach, plain(p.T("survey.form.approach", nil), maxHeader), nil, radio(p, "approach", "survey.form.approach.", "formulier", "kort", "interview")),
			slack.NewInputBlock(FieldDisclosure, plain(p.T("survey.form.disclosure", nil), maxHeader), nil,
				radio(p, "disclosure", "survey.form.disclosure.", string(analysis.ByName), string(analysis.Anonymous))),
			slack.NewInputBlock(FieldLanguage, plain(p.T("survey.form.language", nil), maxHeader), nil, language)}}
}

// radio is a choice of values, the first to begin with, each worded by the key it
// ends, with ".what" below it.
func radio(p *locale.Printer, action, key string, values ...string) *slack.RadioButtonsBlockElement {
	pick := slack.NewRadioButtonsBlockElement(action)
	for _, v := range values {
		pick.Options = append(pick.Options, slack.NewOptionBlockObject(v, plain(p.T(key+keyed(v), nil), maxOption), plain(p.T(key+keyed(v)+".what", nil), maxOption)))
	}
	pick.InitialOption = pick.Options[0]
	return pick
}

// keyed is a value as the end of a catalogue key.
func keyed(v string) string {
	switch v {
	case string(analysis.ByName):
		return "by_name"
	case string(analysis.Anonymous):
		return "anonymous"
	case "formulier":
		return "full"
	case "kort":
		return "short"
	}
	return v
}

// QuestionnaireMade says what was fixed and what to do next.
func QuestionnaireMade(p *locale.Printer, name, statement string, questions int) Modal {
	return Modal{Title: cut(p.T("survey.form.title", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{
		section(p.N("survey.made", questions, analysis.Args{"name": brief(name)})),
		sheet(row(p.T("survey.made.told", nil), text(statement))),
		section(p.T("survey.made.next", nil))}}
}

// QuestionnaireLetter goes with the file that holds the questions.
func QuestionnaireLetter(p *locale.Printer, audience analysis.Audience, disclosure analysis.Disclosure, questions int) Message {
	title := p.N("survey.letter", questions, analysis.Args{"audience": audienceWord(p, audience), "disclosure": disclosureWord(p, disclosure)})
	return Message{Text: twin(title), Blocks: []slack.Block{section(title), section(p.T("survey.made.next", nil))}}
}
