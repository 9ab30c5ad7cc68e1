package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// DropPreview is what a file that somebody sent holds, before anything is taken
// over.
type DropPreview struct {
	File                  string
	Kind                  analysis.ImportKind
	Tool, Encoding, Sheet string
	Delimiter             rune
	Table                 bool // it has columns
	Unknown               bool // no kind fits: Kind is only the nearest
	Changed               bool // it is another file than was shown before
	Problem               *analysis.Error
	Wave                  string // of a survey
	Audience              analysis.Audience
	Disclosure            analysis.Disclosure
	Columns               []DropColumn
	Ignored               []string // columns that nothing is done with
	Counts                DropCounts
	Named, Matched        int            // answers by name, and of which the client is known
	Total, Attributed     analysis.Cents // of revenue
	Refused               []analysis.Refusal
	Warnings              []*analysis.Error
	Value                 string // of the buttons
	Kinds                 []DropKind
}

// DropColumn is a column and what it is read as.
type DropColumn struct {
	Field   string // or the group of questions it is one of
	Subject string // of a question about one thing of several
	Header  string // as the file calls it
	Example string // may be empty
	Masked  bool   // there is an example, which would say who somebody is
}

// DropCounts are the rows of a file: Read is the sum of the others, but for
// Removed, which were there before.
type DropCounts struct{ Read, Added, Changed, Unchanged, Removed, Refused int }

// DropKind is another kind that the file may be of.
type DropKind struct {
	Kind  analysis.ImportKind
	Value string
}

// DropDone is what became of a file.
type DropDone struct {
	ID        analysis.ImportID
	Kind      analysis.ImportKind
	File      string
	Wave      string
	Report    string // where the report of the survey opens; empty: it has none
	Counts    DropCounts
	Refused   []analysis.Refusal
	Warnings  []*analysis.Error
	Proposals int
}

// Bounds of a preview: what is left is counted.
const (
	shownRefused  = 10
	shownWarnings = 5
	shownHeaders  = 6
	shownSubjects = 12
)

// DropPreviewed shows what a file holds and asks whether to take it over.
func DropPreviewed(p *locale.Printer, v DropPreview) Message {
	title := dropTitle(p, v)
	said := strings.TrimSuffix(title, "?") + ". " + dropSays(p, v)
	m := Message{Text: twin(brief(v.File) + ": " + said), Blocks: []slack.Block{header(title)}}
	add := func(b ...slack.Block) { m.Blocks = append(m.Blocks, b...) }
	if v.Changed {
		add(section(p.T("drop.changed", nil)))
	}
	add(sheet(dropFacts(p, v)...))
	if v.Unknown || v.Problem != nil {
		add(section(dropSays(p, v)))
	}
	if rows := dropColumns(p, v); len(rows) > 0 && !v.Unknown {
		add(slack.NewDividerBlock(), sheet(rows...))
	}
	if !v.Unknown && v.Problem == nil {
		add(dropRefused(p, "drop.refused", v.Refused, v.Counts.Refused)...)
		add(dropWarnings(p, v.Warnings)...)
		add(section(dropSays(p, v)))
		if v.Kind == analysis.ImportSurvey && v.Disclosure == analysis.Anonymous {
			add(context(p.T("drop.anonymous", nil)))
		}
	}
	add(slack.NewActionBlock("drop", dropActions(p, v)...))
	return m
}

func dropTitle(p *locale.Printer, v DropPreview) string {
	if v.Unknown {
		return p.T("drop.title.unknown", nil)
	}
	title := p.T("drop.title."+string(v.Kind), nil)
	if v.Tool != "" {
		title = p.T("drop.title.tool", analysis.Args{"kind": title, "tool": v.Tool})
	}
	return title
}

// dropSays is the one sentence that says what to do.
func dropSays(p *locale.Printer, v DropPreview) string {
	fresh := v.Counts.Added + v.Counts.Changed + v.Counts.Removed
	switch {
	case v.Unknown:
		return p.T("drop.unknown", nil)
	case v.Problem != nil && v.Problem.Key == "import.column_missing":
		return p.T("drop.missing", analysis.Args{"missing": missingFields(p, v)})
	case v.Problem != nil:
		return p.Error(v.Problem)
	case v.Counts.Read == 0:
		return p.T("drop.no_rows", nil)
	case fresh == 0 && v.Counts.Refused == v.Counts.Read:
		return p.T("drop.all_refused", nil)
	case fresh == 0:
		return p.N("drop.nothing_new", v.Counts.Unchanged, nil)
	}
	return p.N("drop.ask", fresh, nil)
}

// missingFields names what no column was found for.
func missingFields(p *locale.Printer, v DropPreview) string {
	fields, _ := v.Problem.Args["missing"].(string)
	var words []string
	for field := range strings.SplitSeq(fields, ",") {
		words = append(words, DropField(p, v.Kind, strings.TrimSpace(field)))
	}
	return strings.Join(words, ", ")
}

// dropFacts say what kind of file it is and what would become of its rows.
func dropFacts(p *locale.Printer, v DropPreview) []*slack.RichTextSection {
	rows := []*slack.RichTextSection{row(p.T("drop.fact.file", nil), text(strings.Join(dropForm(p, v), " · ")))}
	if v.Unknown {
		return rows
	}
	if v.Wave != "" {
		rows = append(rows, row(p.T("drop.fact.wave", nil), text(strings.Join(dropWhose(p, v), " · "))))
	}
	if v.Problem != nil {
		return rows
	}
	rows = append(rows, row(p.T("drop.fact.rows", nil), text(dropCounted(p, v.Counts))))
	if v.Named > 0 {
		rows = append(rows, row(p.T("drop.fact.matched", nil), text(p.T("drop.matched", analysis.Args{"n": v.Matched, "m": v.Named}))))
	}
	if v.Kind == analysis.ImportRevenue || v.Kind == analysis.ImportXAF {
		rows = append(rows, row(p.T("drop.fact.revenue", nil),
			text(p.T("drop.revenue", analysis.Args{"total": p.MoneyExact(v.Total), "attributed": p.MoneyExact(v.Attributed)}))))
	}
	return rows
}

// dropForm is the file as it was found: name, encoding, what separates columns.
func dropForm(p *locale.Printer, v DropPreview) []string {
	form := []string{brief(v.File)}
	if v.Encoding != "" {
		form = append(form, v.Encoding)
	}
	switch {
	case v.Delimiter == '\t':
		form = append(form, p.T("import.delimiter", analysis.Args{"delimiter": p.T("import.delimiter.tab", nil)}))
	case v.Delimiter != 0:
		form = append(form, p.T("import.delimiter", analysis.Args{"delimiter": string(v.Delimiter)}))
	}
	if v.Sheet != "" {
		form = append(form, p.T("import.sheet", analysis.Args{"sheet": brief(v.Sheet)}))
	}
	return form
}

// dropWhose is whose answers they are and what they were told; a column may say so.
func dropWhose(p *locale.Printer, v DropPreview) []string {
	whose := []string{brief(v.Wave), audienceWord(p, v.Audience), disclosureWord(p, v.Disclosure)}
	for i, field := range []string{"wave", "audience"} {
		if at := slices.IndexFunc(v.Columns, func(c DropColumn) bool { return c.Field == field }); at >= 0 {
			whose[i] = p.T("drop.by_column", analysis.Args{"what": DropField(p, v.Kind, field), "column": brief(v.Columns[at].Header)})
		}
	}
	return whose
}

// dropCounted says what becomes of every row.
func dropCounted(p *locale.Printer, c DropCounts) string {
	said := []string{p.N("drop.rows.read", c.Read, nil)}
	for _, part := range []struct {
		n   int
		key string
	}{{c.Added, "drop.rows.added"}, {c.Changed, "drop.rows.changed"}, {c.Unchanged, "drop.rows.unchanged"},
		{c.Refused, "drop.rows.refused"}, {c.Removed, "drop.rows.removed"}} {
		if part.n > 0 {
			said = append(said, p.T(part.key, analysis.Args{"n": part.n}))
		}
	}
	return strings.Join(said, " · ")
}

// dropRefused lists the rows that are not taken over, with why.
func dropRefused(p *locale.Printer, key string, refused []analysis.Refusal, count int) []slack.Block {
	if count == 0 {
		return nil
	}
	lines := []string{p.N(key, count, nil)}
	for _, r := range refused[:min(len(refused), shownRefused)] {
		lines = append(lines, "• "+p.T("drop.refused.line", analysis.Args{"line": p.Number(int64(r.Line)), "reason": cut(p.Error(r.Reason), maxContext)}))
	}
	if rest := count - min(len(refused), shownRefused); rest > 0 {
		lines = append(lines, p.T("drop.refused.more", analysis.Args{"n": rest}))
	}
	return []slack.Block{section(strings.Join(lines, "\n"))}
}

func dropWarnings(p *locale.Printer, warnings []*analysis.Error) []slack.Block {
	var blocks []slack.Block
	for _, w := range warnings[:min(len(warnings), shownWarnings)] {
		blocks = append(blocks, context(p.T("import.warning", analysis.Args{"warning": p.Error(w)})))
	}
	return blocks
}

// dropActions are the presses: none that would change nothing.
func dropActions(p *locale.Printer, v DropPreview) []slack.BlockElement {
	var all []slack.BlockElement
	if !v.Unknown && v.Problem == nil && v.Counts.Added+v.Counts.Changed+v.Counts.Removed > 0 {
		all = append(all, primary(button(p.T("drop.apply", nil), "drop.apply.v1", v.Value)))
	}
	if v.Table && !v.Unknown {
		all = append(all, button(p.T("drop.columns", nil), "drop.columns.v1", v.Value))
	}
	if v.Table && len(v.Kinds) > 0 {
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("drop.kind", nil), maxPlaceholder), "drop.kind.v1")
		for _, k := range v.Kinds {
			if k.Kind != analysis.ImportXAF {
				pick.Options = append(pick.Options, slack.NewOptionBlockObject(k.Value, plain(p.T("drop.title."+string(k.Kind), nil), maxOption), nil))
			}
		}
		all = append(all, pick)
	}
	return append(all, button(p.T("drop.discard", nil), "drop.discard.v1", v.Value))
}

// DropImported says what became of a file, and offers to undo it.
func DropImported(p *locale.Printer, d DropDone) Message {
	said := p.T("drop.imported", analysis.Args{"file": brief(d.File)})
	facts := []*slack.RichTextSection{row(p.T("drop.fact.rows", nil), text(dropCounted(p, d.Counts)))}
	if d.Wave != "" {
		facts = append([]*slack.RichTextSection{row(p.T("drop.fact.wave", nil), text(brief(d.Wave)))}, facts...)
	}
	m := Message{Text: twin(said), Blocks: []slack.Block{section(said), sheet(facts...)}}
	m.Blocks = append(m.Blocks, dropRefused(p, "drop.refused_done", d.Refused, d.Counts.Refused)...)
	m.Blocks = append(m.Blocks, dropWarnings(p, d.Warnings)...)
	if d.Proposals > 0 {
		m.Blocks = append(m.Blocks, context(p.N("import.proposals", d.Proposals, nil)))
	}
	buttons := []slack.BlockElement{button(p.T("word.undo", nil), "drop.undo.v1", id(d.ID))}
	if d.Report != "" {
		buttons = append([]slack.BlockElement{primary(button(p.T("survey.list.open", nil), "survey.open.v1", d.Report))}, buttons...)
	}
	m.Blocks = append(m.Blocks, context(p.T("drop.keep", nil)), slack.NewActionBlock("drop", buttons...))
	return m
}
