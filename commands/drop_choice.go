package commands

import (
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
	"klantbot/storage/ingest"
)

// dropChoice is how a file that somebody sent is to be read: what stands in the
// buttons under its preview. It holds ids, numbers of columns, a hash and what the
// sender called the survey, never a word of the file or of who answered. The file itself lies with Slack until it is
// confirmed: nothing of it has to live here over a restart, and the hash says
// whether it is still what was shown.
type dropChoice struct {
	File     string // Slack's id
	Hash     string // of the contents as they were shown; empty: not shown yet
	Kind     analysis.ImportKind
	Audience analysis.Audience
	// Wave is the name of the survey; empty: as the file is called. It is made when
	// the file is taken over: what is looked at and thrown away leaves no survey.
	Wave    string
	ByName  bool // of a wave that is new
	Columns map[string][]int
}

// Groups of questions: many columns may be of the same one.
const (
	dropImportance  = "importance"
	dropPerformance = "performance"
	dropBenefit     = "benefit"
	dropSacrifice   = "sacrifice"
	dropComment     = "comment"
)

var dropGroups = []string{dropImportance, dropPerformance, dropBenefit, dropSacrifice, dropComment}

// audiences by the letter that they have in a choice.
var audienceLetters = map[string]analysis.Audience{"k": analysis.AskedClients, "p": analysis.AskedProspects,
	"o": analysis.AskedFormer, "m": analysis.AskedEmployees}

// importKinds are the kinds of file that can be dropped.
var importKinds = []analysis.ImportKind{analysis.ImportSurvey, analysis.ImportClients, analysis.ImportRevenue, analysis.ImportTouches,
	analysis.ImportHours, analysis.ImportJudgements, analysis.ImportXAF}

// String is the choice as a button carries it: file;hash;kind;audience;wave;names;columns,
// with the name of the wave so coded that it holds no mark of ours.
func (c dropChoice) String() string {
	audience := ""
	for letter, a := range audienceLetters {
		if a == c.Audience {
			audience = letter
		}
	}
	names := ""
	if c.ByName {
		names = "n"
	}
	var columns []string
	for _, field := range slices.Sorted(maps.Keys(c.Columns)) {
		var numbers []string
		for _, n := range c.Columns[field] {
			numbers = append(numbers, strconv.Itoa(n))
		}
		columns = append(columns, field+"="+strings.Join(numbers, "."))
	}
	return strings.Join([]string{c.File, c.Hash, string(c.Kind), audience, base64.RawURLEncoding.EncodeToString([]byte(c.Wave)), names, strings.Join(columns, ",")}, ";")
}

// parseDropChoice reads what String wrote. It trusts nothing: what is no choice is
// an Error that says to send the file again.
func parseDropChoice(s string) (dropChoice, error) {
	wrong := analysis.Fail(analysis.Invalid, "drop.stale", nil)
	parts := strings.Split(s, ";")
	if len(parts) != 7 || parts[0] == "" {
		return dropChoice{}, wrong
	}
	c := dropChoice{File: parts[0], Hash: parts[1], Kind: analysis.ImportKind(parts[2]), Audience: audienceLetters[parts[3]], ByName: parts[5] == "n"}
	wave, err := base64.RawURLEncoding.DecodeString(parts[4])
	if err != nil || utf8.RuneCount(wave) > longestWave || c.Kind != "" && !slices.Contains(importKinds, c.Kind) || parts[3] != "" && c.Audience == "" {
		return dropChoice{}, wrong
	}
	c.Wave = string(wave)
	if parts[6] == "" {
		return c, nil
	}
	c.Columns = map[string][]int{}
	for _, part := range strings.Split(parts[6], ",") {
		field, list, ok := strings.Cut(part, "=")
		if !ok {
			return dropChoice{}, wrong
		}
		for _, n := range strings.Split(list, ".") {
			number, err := strconv.Atoi(n)
			if err != nil || number < 0 || number > 1<<14 {
				return dropChoice{}, wrong
			}
			c.Columns[field] = append(c.Columns[field], number)
		}
	}
	return c, nil
}

// mapping returns the columns that were chosen as ingest takes them, by their
// place in the header. Two columns of one group about the same subject are an
// Error: one of them would go unseen.
func (c dropChoice) mapping(header []string) (map[string]string, error) {
	named := map[string]string{}
	for field, numbers := range c.Columns {
		for _, n := range numbers {
			if n >= len(header) {
				return nil, analysis.Fail(analysis.Invalid, "drop.stale", nil)
			}
			name := fieldOfGroup(field, header[n])
			if named[name] != "" {
				return nil, analysis.Fail(analysis.Invalid, "drop.same_subject", analysis.Args{"column": header[n]})
			}
			named[name] = "#" + strconv.Itoa(n+1)
		}
	}
	return named, nil
}

// fieldOfGroup is the field of a column that was chosen for a group, and the
// field itself for any other.
func fieldOfGroup(field, header string) string {
	switch field {
	case dropImportance, dropPerformance:
		return "theme:" + ingest.QuestionTheme(header) + ":" + field
	case dropBenefit, dropSacrifice:
		return field + ":" + ingest.QuestionTheme(header)
	case dropComment:
		return field + ":" + header
	}
	return field
}

// groupOf is the group of a field that was recognised, or the field itself.
func groupOf(field string) string {
	for _, group := range dropGroups {
		if field == group || strings.HasPrefix(field, group+":") || strings.HasPrefix(field, "theme:") && strings.HasSuffix(field, ":"+group) {
			return group
		}
	}
	return field
}
