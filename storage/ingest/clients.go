package ingest

import (
	"strings"

	"klantbot/analysis"
)

// clientsKind is a client list.
var clientsKind = kind{
	name: analysis.ImportClients,
	fields: []field{
		{"number", numberContent, []string{"klantnummer", "klantnr", "klantcode", "klantid", "relatienummer", "relatienr", "relatiecode", "clientnummer", "clientnr", "clientcode", "customernumber", "customerno", "customerid", "clientnumber", "clientid", "clientno", "dossiernummer", "debiteurnummer", "debiteurennummer", "debiteurnr", "debiteurcode", "nummer", "nr", "code", "number", "id"}},
		{"name", textContent, []string{"klantnaam", "bedrijfsnaam", "naam", "relatienaam", "clientnaam", "debiteurnaam", "naamklant", "naamrelatie", "handelsnaam", "statutairenaam", "organisatie", "bedrijf", "klant", "relatie", "companyname", "customername", "clientname", "name", "company", "customer", "client"}},
		{"debtor", numberContent, []string{"debiteurnummer", "debiteurennummer", "debiteurnr", "debiteurennr", "debiteurcode", "debiteur", "debtornumber", "debtorno", "debtorid", "debtor"}},
		{"group", textContent, []string{"relatiegroep", "relatiegroepnummer", "relatiegroepnaam", "groep", "groepsnaam", "groepnummer", "concern", "concernnaam", "clientgroup", "customergroup", "groupname", "group"}},
		{"manager", textContent, []string{"relatiebeheerder", "relatiemanager", "rm", "relatiebeheerderemail", "relatiemanageremail", "emailrelatiemanager", "emailrelatiebeheerder", "accountmanager", "klantbeheerder", "klantmanager", "dossierhouder", "behandelaar", "beheerder", "relationshipmanager", "manager"}},
		{"partner", textContent, []string{"vennoot", "partner", "vennootemail", "emailvennoot", "partneremail", "verantwoordelijkevennoot", "verantwoordelijkpartner", "tekenendaccountant", "eindverantwoordelijke"}},
		{"kvk", numberContent, []string{"kvknummer", "kvknr", "kvk", "kamervankoophandel", "kamervankoophandelnummer", "handelsregisternummer", "handelsregister", "inschrijvingsnummerkvk", "chamberofcommerce", "chamberofcommercenumber", "cocnumber", "coc"}},
		{"vat", textContent, []string{"btwnummer", "btwnr", "btwid", "btwidentificatienummer", "btwidnummer", "omzetbelastingnummer", "btw", "vatnumber", "vatid", "vatno", "taxid", "vat"}},
		{"email", textContent, []string{"email", "emailadres", "emailklant", "emailalgemeen", "emailaddress", "mail", "mailadres"}},
		{"kind", textContent, []string{"soortklant", "soort", "klantsoort", "relatiesoort", "typeklant", "klanttype", "rechtsvorm", "categorie", "clienttype", "customertype", "kind", "category"}},
		{"sbi", textContent, []string{"sbicode", "sbi", "branchecode", "branche", "sector", "industry", "industrycode"}},
		{"fte", amountContent, []string{"fte", "aantalfte", "aantalmedewerkers", "medewerkers", "werknemers", "aantalwerknemers", "personeel", "employees", "numberofemployees", "headcount"}},
		{"balance_total", amountContent, []string{"balanstotaal", "totaalbalans", "balancetotal", "balancesheettotal", "totalassets"}},
		{"stage", textContent, []string{"levensfase", "fase", "bedrijfsfase", "stage", "lifestage"}},
		{"status", textContent, []string{"status", "klantstatus", "relatiestatus", "clientstatus", "customerstatus"}},
		{"focus_market", textContent, []string{"focusmarkt", "doelmarkt", "focusmarket", "targetmarket", "markt"}},
		{"referrer", textContent, []string{"verwijzer", "aangebrachtdoor", "verwezendoor", "doorverwezendoor", "aanbrenger", "herkomst", "referrer", "referredby"}},
		{"elsewhere", amountContent, []string{"bestedingelders", "omzetelders", "eldersbesteed", "elders", "elsewhere", "spendelsewhere"}},
		{"since", dateContent, []string{"klantsinds", "sinds", "relatiesinds", "startdatum", "ingangsdatum", "begindatum", "datumintake", "clientsince", "customersince", "since", "startdate"}},
		{"until", dateContent, []string{"klanttot", "einddatum", "datumvertrek", "uitdienstdatum", "beeindigd", "beeindigdop", "clientuntil", "until", "enddate"}},
		{"contact", textContent, []string{"contactpersoon", "contactnaam", "naamcontactpersoon", "contact", "contactperson", "contactname", "dga"}},
		{"contact_role", textContent, []string{"functie", "functiecontactpersoon", "contactfunctie", "rolcontactpersoon", "jobtitle", "contactrole", "role"}},
		{"contact_email", textContent, []string{"emailcontactpersoon", "contactemail", "contactpersoonemail", "emailcontact", "contactemailaddress"}},
		{"contact_phone", textContent, []string{"telefooncontactpersoon", "contacttelefoon", "telefoonnummer", "telefoon", "tel", "mobiel", "phone", "phonenumber", "contactphone"}},
	},
	required: func(has func(string) bool) (missing []string) {
		for _, name := range []string{"number", "name"} {
			if !has(name) {
				missing = append(missing, name)
			}
		}
		return missing
	},
	reader: func(t *table) recordReader { return &clientRows{t: t, at: t.positions()} },
}

// statuses are the words of the column status, folded.
var statuses = map[string]analysis.ClientStatus{
	"klant": analysis.Current, "actief": analysis.Current, "current": analysis.Current, "active": analysis.Current, "client": analysis.Current, "customer": analysis.Current,
	"prospect": analysis.Prospect, "lead": analysis.Prospect,
	"oudklant": analysis.Former, "exklant": analysis.Former, "inactief": analysis.Former, "vertrokken": analysis.Former, "former": analysis.Former, "inactive": analysis.Former, "formerclient": analysis.Former,
}

// clientRows reads a client list.
type clientRows struct {
	t  *table
	at map[string]*column
}

func (c *clientRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: c.t, row: r}
	s := analysis.StagedClient{Line: r.line}
	s.FTE, s.Balance, s.Elsewhere, s.Since, s.Until = -1, -1, -1, analysis.NoDay, analysis.NoDay

	s.Number, s.Name = cells.number(c.at["number"]), cells.text(c.at["name"])
	s.Debtor, s.GroupName = cells.number(c.at["debtor"]), cells.number(c.at["group"])
	s.KVK, s.VAT = c.t.kvk(cells.number(c.at["kvk"]), r.line), cells.text(c.at["vat"])
	s.Client.Email = cells.email(c.at["email"])
	s.Kind, s.SBI, s.Stage = cells.text(c.at["kind"]), cells.text(c.at["sbi"]), cells.text(c.at["stage"])
	s.Market, s.Referrer = cells.text(c.at["focus_market"]), cells.text(c.at["referrer"])
	s.ContactName, s.ContactRole = cells.text(c.at["contact"]), cells.text(c.at["contact_role"])
	s.ContactEmail, s.ContactPhone = cells.email(c.at["contact_email"]), cells.text(c.at["contact_phone"])
	s.ManagerEmail, s.ManagerName = cells.colleague(c.at["manager"])
	s.PartnerEmail, s.PartnerName = cells.colleague(c.at["partner"])
	s.FTE = cells.quantity(c.at["fte"])
	s.Balance, s.Elsewhere = cells.euros(c.at["balance_total"]), cells.euros(c.at["elsewhere"])
	s.Since, s.Until = cells.day(c.at["since"]), cells.day(c.at["until"])
	s.Status = cells.status(c.at["status"])

	switch {
	case isTotalsWord(s.Number) || s.Number == "" && isTotalsWord(s.Name):
		return errTotals
	case cells.failed != nil:
		return cells.failed
	case s.Number == "":
		return analysis.Fail(analysis.Invalid, "import.number_missing", nil)
	case s.Name == "":
		return analysis.Fail(analysis.Invalid, "import.name_missing", nil)
	}
	s.VAT = c.t.vat(s.VAT, r.line, natural{kind: s.Kind, name: s.Name, kvk: s.KVK})
	b.clients = append(b.clients, s)
	return nil
}

func (c *clientRows) finish(*Summary) {}

// status reads the word of the column status; empty stays empty.
func (r *cellReader) status(c *column) analysis.ClientStatus {
	cell := r.text(c)
	if cell == "" {
		return ""
	}
	s, known := statuses[fold(cell)]
	if !known {
		r.refuse("import.status_unknown", c, cell)
	}
	return s
}

// colleague reads who of the office is meant: an e-mail address, or else a name.
func (r *cellReader) colleague(c *column) (email, name string) {
	cell := r.text(c)
	if strings.Contains(cell, "@") {
		return strings.ToLower(cell), ""
	}
	return "", cell
}
