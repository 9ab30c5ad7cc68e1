package sample

import (
	"fmt"
	"io"
	"time"

	"klantbot/analysis"
)

// touchColumns is the header of the contact moments.
var touchColumns = []string{"Klantnummer", "Datum", "Soort contact", "Door", "Notitie"}

// WriteTouches writes the contact moments of the last two years as CSV, by
// client: what the office's people noted of their calls and visits. Nobody does
// all they mean to: each has a diligence of their own, some clients were not
// spoken to for a year, and one manager mostly e-mails.
func WriteTouches(w io.Writer, s Size) error {
	o, err := newOffice(s)
	if err != nil {
		return err
	}
	out := newSheet(w, touchColumns...)
	for p := range o.places {
		o.spoken(out, p)
		if out.err != nil {
			break
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("write sample contact moments: %w", err)
	}
	return nil
}

// standing is how much attention a group is used to.
type standing int

const (
	noticed standing = iota // a call now and then
	known                   // a talk a year, and a call or two
	nearby                  // a call each quarter, and a visit of the partner
)

// standing of p follows from its largest company.
func (o office) standing(p place) standing {
	if p.cast != nil && p.cast.marks != "" {
		switch p.cast.marks[0] {
		case '4':
			return nearby
		case '3', '2':
			return known
		}
		return noticed
	}
	large := int64(0)
	for j := range p.count {
		m := o.member(p, j)
		switch m.form {
		case firm, company, foundation:
			large = max(large, m.scale>>10)
		}
	}
	switch {
	case large >= 12:
		return nearby
	case large >= 3:
		return known
	}
	return noticed
}

// spoken writes the moments with one group, oldest first.
func (o office) spoken(out *sheet, p place) {
	first := o.member(p, 0)
	if first.life.prospect {
		return
	}
	manager, partner := o.holders(p)
	d := o.dice(p.index).of(aboutTouch, p.number)
	diligence := 55 + int(len(manager.Email)*7%5*10) // 55 to 95 in a hundred
	how := o.standing(p)
	for q := range 8 { // quarters, the oldest first
		from := o.AsOf.AddMonths(-24 + 3*q)
		quarter := d.of(aboutTouchDay, q)
		calls, visit := 0, Manager{}
		switch how {
		case nearby:
			calls = 1000 * diligence / 100
			if q%4 == 1 && quarter.chance(aboutTouchWriter, 9*diligence) {
				visit = partner
			}
		case known:
			calls = 500 * diligence / 100
			if q%4 == p.number%4 && quarter.chance(aboutTouchWriter, 9*diligence) {
				visit = manager
			}
		default:
			calls = 150 * diligence / 100
		}
		at := from + 1 + analysis.Day(quarter.below(aboutTouchDay, 80))
		if quarter.chance(aboutTouch, calls) {
			kind := "Telefoongesprek"
			if quarter.chance(aboutDiligence, 120) {
				kind = "E-mail"
			}
			o.moment(out, p, &first, quarter, at, kind, manager, callNotes)
		}
		if visit.Email != "" {
			o.moment(out, p, &first, quarter, min(at+7, from+88), "Bezoek", visit, visitNotes)
		}
	}
}

// moment writes one row, unless the group was no client that day. Nobody calls
// in a weekend.
func (o office) moment(out *sheet, p place, first *member, d dice, day analysis.Day, kind string, by Manager, notes []string) {
	switch day.Time().Weekday() {
	case time.Saturday:
		day--
	case time.Sunday:
		day -= 2
	}
	if day > o.AsOf || !first.life.active(day) {
		return
	}
	note := ""
	if d.chance(aboutTouchNote, 600) {
		note = notes[d.of(aboutTouchNote, int(day)).below(aboutTouchNote, len(notes))]
	}
	out.digits(p.number, o.digits)
	out.day(day)
	out.text(kind)
	out.text(by.Email)
	out.text(note)
	out.end()
}

// callNotes and visitNotes are what is written of a moment: business, and
// nothing that does not belong in a file.
var (
	callNotes = []string{
		"Cijfers van het kwartaal doorgenomen; geen vragen.",
		"Vraagt zich af of een tweede vestiging haalbaar is. Terugkomen met een prognose.",
		"Belde zelf over de voorlopige aanslag; uitgelegd en aangepast.",
		"Nieuwe medewerker op de administratie, wil uitleg over het portaal.",
		"Tevreden over de snelheid van de jaarrekening.",
		"Wil weten wat de nieuwe regels voor bijtelling betekenen.",
		"Bank vraagt tussentijdse cijfers; afspraak gemaakt voor aanlevering.",
		"Denkt na over overdracht aan de dochter, nog niets besloten.",
		"Omzet loopt terug door een vertrokken opdrachtgever; houdt de kosten in de gaten.",
		"Wil de salarisadministratie weer zelf gaan doen; nabellen.",
	}
	visitNotes = []string{
		"Jaarrekening besproken. Marge beter dan begroot; investering in machines komt eraan.",
		"Rondleiding door het nieuwe pand. Financiering is rond, leegstand op de bovenverdieping.",
		"Driejarenplan besproken: groei naar een tweede ploeg, personeel is de bottleneck.",
		"Opvolging besproken met beide vennoten. Zij willen volgend jaar een waardebepaling.",
		"Goed gesprek over pensioen in eigen beheer; offerte voor advies gevraagd.",
		"Wil maandelijks kunnen meekijken in de cijfers. Dashboard laten zien.",
	}
)
