package commands

import (
	"errors"

	"klantbot/analysis"
)

// droppedWords are the sentences about a file that name a flag of the command
// line, and what is said instead to who dropped the file in Slack.
var droppedWords = map[string]string{
	"import.text_too_long":          "drop.said.text_too_long",
	"import.survey_too_many_themes": "drop.said.too_many_themes",
	"import.survey_wave_missing":    "drop.said.wave_missing",
	"import.too_many_services":      "drop.said.too_many_services",
	"import.unknown_client":         "drop.said.unknown_client",
	"import.xaf_no_sales":           "drop.said.no_sales",
	"import.credit_is_revenue":      "drop.said.credit",
	"import.forgotten":              "drop.said.forgotten",
	"import.not_table":              "drop.said.audit_file",
	"import.not_xaf":                "drop.said.table",
}

// dropped words e for who sent the file; nil stays nil.
func dropped(e *analysis.Error) *analysis.Error {
	if e == nil || droppedWords[e.Key] == "" {
		return e
	}
	said := *e
	said.Key = droppedWords[e.Key]
	return &said
}

// droppedAll words every one of all.
func droppedAll(all []*analysis.Error) []*analysis.Error {
	said := make([]*analysis.Error, len(all))
	for i, e := range all {
		said[i] = dropped(e)
	}
	return said
}

// droppedRows words why rows are refused.
func droppedRows(rows []analysis.Refusal) []analysis.Refusal {
	said := make([]analysis.Refusal, len(rows))
	for i, r := range rows {
		r.Reason = dropped(r.Reason)
		said[i] = r
	}
	return said
}

// droppedError words an error that people read; another one stays as it is.
func droppedError(err error) error {
	var said *analysis.Error
	if errors.As(err, &said) && droppedWords[said.Key] != "" {
		return dropped(said)
	}
	return err
}
