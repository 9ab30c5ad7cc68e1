package sample

import (
	"fmt"
	"io"

	"klantbot/analysis"
)

// clientColumns is the header of the client list.
var clientColumns = []string{
	"Klantnummer", "Debiteurnummer", "Naam", "Relatiegroep", "Soort klant", "Status", "KvK-nummer", "Btw-id", "E-mail",
	"SBI-code", "Levensfase", "FTE", "Balanstotaal", "Klant sinds", "Klant tot", "Relatiemanager", "Vennoot",
	"Focusmarkt", "Aangebracht door", "Omzet elders", "Wettelijke controle", "Contactpersoon", "Functie", "E-mail contactpersoon",
}

// WriteClients writes the client list of s as CSV, in the order of client
// numbers. A client with two contact persons has two rows that differ in those
// alone. Memory stays constant whatever the size.
func WriteClients(w io.Writer, s Size) error {
	o, err := newOffice(s)
	if err != nil {
		return err
	}
	out := newSheet(w, clientColumns...)
	for p := range o.places {
		manager, partner := o.holders(p)
		for _, c := range o.profiles(p) {
			out.client(c, manager, partner)
		}
		if out.err != nil {
			break
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("write sample clients: %w", err)
	}
	return nil
}

// client writes the rows of c: one for each contact person, at least one.
func (s *sheet) client(c profile, manager, partner Manager) {
	if len(c.contacts) == 0 {
		s.clientRow(c, manager, partner, analysis.Contact{})
	}
	for _, contact := range c.contacts {
		s.clientRow(c, manager, partner, contact)
	}
}

func (s *sheet) clientRow(c profile, manager, partner Manager, contact analysis.Contact) {
	for _, cell := range []string{c.Number, c.Debtor, c.Name, c.group, c.Kind, string(c.Status), c.KVK, c.VAT, c.Email, c.SBI, c.Stage} {
		s.text(cell)
	}
	if c.FTE >= 0 {
		s.tenths(int(c.FTE*10 + .5))
	} else {
		s.text("")
	}
	s.moneyIfKnown(c.Balance)
	s.day(c.Since)
	s.day(c.Until)
	for _, cell := range []string{manager.Email, partner.Email, c.Market, c.Referrer} {
		s.text(cell)
	}
	s.moneyIfKnown(c.Elsewhere)
	s.text(string(c.Audit))
	for _, cell := range []string{contact.Name, contact.Role, contact.Email} {
		s.text(cell)
	}
	s.end()
}

// moneyIfKnown adds an amount, or an empty cell for a negative one.
func (s *sheet) moneyIfKnown(c analysis.Cents) {
	if c < 0 {
		s.text("")
		return
	}
	s.money(int64(c))
}
