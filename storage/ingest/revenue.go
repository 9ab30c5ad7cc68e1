package ingest

import (
	"klantbot/analysis"
)

// revenueKind is a list of invoice lines.
var revenueKind = kind{
	name: analysis.ImportRevenue,
	fields: []field{
		{"number", numberContent, clientsKindNumbers},
		{"name", textContent, []string{"klantnaam", "bedrijfsnaam", "relatienaam", "clientnaam", "debiteurnaam", "naamklant", "naamdebiteur", "naamrelatie", "debtorname", "naam", "klant", "relatie", "debiteur", "customername", "clientname", "companyname", "customer", "client", "name"}},
		{"date", dateContent, []string{"factuurdatum", "datumfactuur", "boekdatum", "boekingsdatum", "transactiedatum", "datum", "invoicedate", "bookingdate", "transactiondate", "date"}},
		{"amount", amountContent, []string{"bedragexclbtw", "bedragexclusiefbtw", "factuurbedragexclbtw", "factuurbedragexclusiefbtw", "nettobedrag", "nettobedragexclbtw", "bedragzonderbtw", "nettoomzet", "netto", "bedragexcl", "bedragexclusief", "factuurbedragexcl", "omzetexclbtw", "omzetexcl", "totaalexclbtw", "totaalexcl", "regelbedrag", "omzet", "bedrag", "factuurbedrag", "bedragineur", "bedrageur", "bedrageuro", "netamount", "amountexclvat", "amountexvat", "lineamount", "revenue", "turnover", "amount"}},
		{"credit", amountContent, []string{"credit", "bedragcredit", "creditbedrag", "creditamount"}},
		{"debit", amountContent, []string{"debet", "debit", "bedragdebet", "debetbedrag", "debitamount"}},
		{"side", textContent, []string{"dc", "debetcredit", "debitcredit", "dcindicator", "debetcreditindicator", "debitcreditindicator"}},
		{"quantity", amountContent, []string{"aantal", "hoeveelheid", "aantaluren", "uren", "quantity", "qty"}},
		{"price", amountContent, []string{"prijs", "stukprijs", "prijsperstuk", "eenheidsprijs", "tarief", "uurtarief", "prijsexclbtw", "prijsexcl", "verkoopprijs", "unitprice", "price", "rate"}},
		{"invoice", numberContent, []string{"factuurnummer", "factuurnr", "factuur", "boekstuknummer", "boekstuknr", "boekstuk", "invoicenumber", "invoiceno", "invoiceid", "invoice"}},
		{"service", textContent, []string{"dienst", "dienstverlening", "dienstomschrijving", "product", "productgroep", "artikel", "artikelomschrijving", "artikelgroep", "omschrijving", "werksoort", "service", "description", "item"}},
		{"service_year", numberContent, []string{"boekjaar", "dienstjaar", "controlejaar", "jaarwerk", "werkjaar", "overboekjaar", "serviceyear", "fiscalyear", "bookyear"}},
	},
	telling: "invoice",
	required: func(has func(string) bool) (missing []string) {
		for _, name := range []string{"number", "date"} {
			if !has(name) {
				missing = append(missing, name)
			}
		}
		if !has("amount") && !(has("quantity") && has("price")) && !(has("debit") && has("credit")) {
			missing = append(missing, "amount")
		}
		return missing
	},
	choose: chooseAmount,
	reader: newRevenueRows,
}

var clientsKindNumbers = []string{"klantnummer", "klantnr", "klantcode", "klantid", "relatienummer", "relatienr", "relatiecode", "clientnummer", "clientnr", "clientcode", "debiteurnummer", "debiteurennummer", "debiteurnr", "debiteurennr", "debiteurcode", "customernumber", "customerno", "customerid", "clientnumber", "clientid", "clientno", "debtornumber", "debtorno", "dossiernummer", "kvknummer", "kvknr", "kvk", "btwnummer", "nummerklant", "nummerrelatie", "nummerdebiteur", "nummerclient", "nummer", "number", "debiteur", "debtor", "klant", "relatie", "customer", "client"}

// revenueRows reads invoice lines. The amount of a line is the column amount,
// else quantity times price in exact decimals; either is rounded half away
// from zero to a cent, line by line, because a line is what is invoiced and
// what is stored.
type revenueRows struct {
	t *table

	number, name, date, amount, credit, debit, side, quantity, price, invoice, service, serviceYear *column

	total    analysis.Cents
	exact    exactSum
	below    bool // some line had a fraction of a cent
	from, to analysis.Day
}

func newRevenueRows(t *table) recordReader {
	at := t.positions()
	r := &revenueRows{
		t: t, number: at["number"], name: at["name"], date: at["date"], amount: at["amount"], quantity: at["quantity"],
		price: at["price"], credit: at["credit"], debit: at["debit"], side: at["side"], invoice: at["invoice"], service: at["service"], serviceYear: at["service_year"],
		from: analysis.NoDay, to: analysis.NoDay,
	}
	r.warnSides()
	return r
}

func (v *revenueRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: v.t, row: r}
	s := analysis.StagedLine{
		Line: r.line, Number: cells.number(v.number), Name: cells.text(v.name),
		Invoice: cells.number(v.invoice), Service: cells.text(v.service),
	}
	if v.sumsUp(&s, trimSpace(cells.cell(v.date))) {
		return errTotals
	}
	s.Day = cells.day(v.date)
	s.ServiceYear = cells.year(v.serviceYear)
	quantity, price := one, decimal{}
	switch {
	case v.amount != nil:
		price = cells.onSide(v.side, cells.decimal(v.amount))
	case v.credit != nil:
		price = cells.creditLessDebit(v.credit, v.debit)
	default:
		quantity, price = cells.decimal(v.quantity), cells.decimal(v.price)
	}
	switch {
	case cells.failed == nil && s.Day == analysis.NoDay && s.Number+s.Name+s.Invoice+s.Service == "" && trimSpace(cells.cell(v.date)) == "" && v.isTotal(quantity, price):
		return errTotals
	case cells.failed != nil:
		return cells.failed
	case s.Day == analysis.NoDay:
		return analysis.Fail(analysis.Invalid, "import.date_missing", nil)
	}
	amount, below, ok := cents(quantity, price, &v.exact)
	if !ok {
		return analysis.Fail(analysis.Invalid, "import.amount_too_large", nil)
	}
	s.Amount = amount
	v.count(s.Day, amount, below)
	b.lines = append(b.lines, s)
	return nil
}

var one = decimal{coef: 1}

// sumsUp reports whether a row says that it sums up others. Beside a date a
// word like "totaal" is part of a description.
func (v *revenueRows) sumsUp(s *analysis.StagedLine, date string) bool {
	switch {
	case isTotalsWord(s.Number), date == "" && startsTotals(s.Number):
		return true
	case s.Number != "":
		return false
	case isTotalsWord(s.Name + s.Invoice + s.Service + date), startsTotals(date):
		return true
	}
	return date == "" && (startsTotals(s.Name) || startsTotals(s.Invoice) || startsTotals(s.Service))
}

// isTotal reports whether a row of nothing but an amount is the sum so far.
func (v *revenueRows) isTotal(quantity, price decimal) bool {
	amount, _, ok := cents(quantity, price, nil)
	return ok && amount == v.total
}

func (v *revenueRows) count(day analysis.Day, amount analysis.Cents, below bool) {
	v.total += amount
	v.below = v.below || below
	if !v.from.Known() || day < v.from {
		v.from = day
	}
	if !v.to.Known() || day > v.to {
		v.to = day
	}
}

func (v *revenueRows) finish(s *Summary) {
	s.Total, s.From, s.To = v.total, v.from, v.to
	if v.below {
		s.TotalExact = v.exact.String()
	}
}
