package ingest

import (
	"strings"

	"klantbot/analysis"
)

// touchesKind is a list of moments with clients, as the office's CRM or Klantbot's
// own export has them.
var touchesKind = kind{
	name:  analysis.ImportTouches,
	asked: true,
	fields: []field{
		{"number", numberContent, clientsKindNumbers},
		{"date", dateContent, []string{"contactdatum", "datumcontact", "datumgesprek", "datum", "contactdate", "date"}},
		{"kind", textContent, []string{"contactsoort", "soortcontact", "soortcontactmoment", "contactvorm", "contacttype", "activiteit", "soort", "vorm", "type", "kind", "activity"}},
		{"by", textContent, []string{"door", "medewerker", "relatiemanager", "contactdoor", "gesprokendoor", "email", "emailmedewerker", "by", "owner", "employee"}},
		{"note", textContent, []string{"notitie", "verslag", "samenvatting", "omschrijving", "opmerking", "opmerkingen", "onderwerp", "note", "notes", "summary", "subject", "description"}},
	},
	required: func(has func(string) bool) (missing []string) {
		for _, name := range []string{"number", "date", "kind"} {
			if !has(name) {
				missing = append(missing, name)
			}
		}
		return missing
	},
	reader: newTouchRows,
}

// touchRows reads moments.
type touchRows struct {
	t *table

	number, date, kind, by, note *column

	from, to analysis.Day
}

func newTouchRows(t *table) recordReader {
	at := t.positions()
	return &touchRows{t: t, number: at["number"], date: at["date"], kind: at["kind"], by: at["by"], note: at["note"],
		from: analysis.NoDay, to: analysis.NoDay}
}

func (h *touchRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: h.t, row: r}
	s := analysis.StagedTouch{Line: r.line, Number: cells.number(h.number)}
	date := trimSpace(cells.cell(h.date))
	if isTotalsWord(s.Number) || date == "" && startsTotals(s.Number) {
		return errTotals
	}
	s.Day = cells.day(h.date)
	s.Kind = cells.touch(h.kind)
	s.ByEmail, s.ByName = cells.colleague(h.by, nil)
	s.Note = unguarded(trimSpace(cells.cell(h.note)))
	switch {
	case cells.failed != nil:
		return cells.failed
	case s.Number == "":
		return analysis.Fail(analysis.Invalid, "import.number_missing", nil)
	case s.Day == analysis.NoDay:
		return analysis.Fail(analysis.Invalid, "import.date_missing", nil)
	}
	if !h.from.Known() || s.Day < h.from {
		h.from = s.Day
	}
	h.to = max(h.to, s.Day)
	b.touches = append(b.touches, s)
	return nil
}

func (h *touchRows) finish(s *Summary) { s.From, s.To = h.from, h.to }

// unguarded takes away the apostrophe with which an export keeps a spreadsheet
// from running a cell as a formula, so that what comes back is what went out.
func unguarded(s string) string {
	inside, guarded := strings.CutPrefix(s, "'")
	begin := strings.TrimLeft(inside, " \u00a0")
	if guarded && begin != "" && strings.ContainsRune("=+-@\t\r|%\uff1d\uff0b\uff0d\uff20", []rune(begin)[0]) {
		return inside
	}
	return s
}

// touchWords are what offices call moments, folded; the longest that a cell
// begins with counts.
var touchWords = []struct {
	kind  analysis.TouchKind
	words []string
}{
	{analysis.Visit, []string{"bezoek", "klantbezoek", "bedrijfsbezoek", "bespreking", "afspraak", "adviesgesprek", "opkantoor",
		"fysiek", "lunch", "koffie", "visit", "meeting", "appointment", "face"}},
	{analysis.Yearly, []string{"jaargesprek", "jaarlijksgesprek", "jaarbespreking", "jaarbezoek", "yearly", "annual"}},
	{analysis.Call, []string{"telefoon", "telefonisch", "tel", "gebeld", "bellen", "belafspraak", "belmoment", "videogesprek", "videobellen",
		"video", "teams", "zoom", "call", "phone"}},
	{analysis.Mail, []string{"email", "mail", "emailbericht", "brief", "bericht", "whatsapp", "sms", "letter", "message"}},
	{analysis.Gathering, []string{"bijeenkomst", "ontbijtsessie", "ontbijt", "seminar", "webinar", "evenement", "borrel", "event", "gathering"}},
	{analysis.Card, []string{"kaart", "kaartje", "felicitatiekaart", "card"}},
}

// touch reads how somebody and a client met.
func (r *cellReader) touch(c *column) analysis.TouchKind {
	cell := trimSpace(r.cell(c))
	folded, found, length := fold(cell), analysis.TouchKind(""), 0
	for _, t := range touchWords {
		for _, word := range t.words {
			if strings.HasPrefix(folded, word) && len(word) > length {
				found, length = t.kind, len(word)
			}
		}
	}
	if found == "" {
		r.refuse("import.touch_kind", c, cell)
	}
	return found
}
