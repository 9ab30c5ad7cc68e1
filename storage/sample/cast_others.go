package sample

import "time"

// usual is the yearly work for a company of the cast: accounts and tax.
func usual(month time.Month, accountsCents, taxCents int64, more ...engagement) []engagement {
	return append([]engagement{yearly(accounts, month, accountsCents), yearly(corporateTax, time.October, taxCents)}, more...)
}

// ended is work that stopped so many months ago.
func ended(months int, e engagement) engagement {
	e.ended = months
	return e
}

// others are the rest of the cast, each for what its comment says.
var others = []castGroup{
	// The contact person is found by a name that the client does not have.
	{manager: 1, years: 11, marks: "3323", members: []castClient{
		{name: "Drukkerij De Kroon B.V.", form: company, sbi: "1812", fte: 188, balance: 1_240, stage: "volwassen",
			contacts: []castContact{{"Annelies Smit", "financieel manager"}, {"Hugo Verschoor", "directeur"}},
			work:     usual(time.May, 480_000, 95_000, monthly(payroll, 32_500))}}},
	// A name that would break markup wherever it is not escaped.
	{manager: 2, years: 6, members: []castClient{
		{name: `Café "De <b>Kroeg</b>" & Zn. *VOF*`, form: firm, sbi: "5630", fte: 45, balance: 85, stage: "groei",
			email: "info@cafedekroeg.example", contacts: []castContact{{"Sjaak Brandsma", "eigenaar"}},
			work: []engagement{yearly(accounts, time.April, 165_000), yearly(incomeTax, time.April, 90_000), quarterly(bookkeeping, 48_000)}}}},
	// A client from whom nothing was ever invoiced.
	{manager: 3, years: 0, members: []castClient{
		{name: "Stichting Buurttuin Oostpolder", form: foundation, sbi: "9499", fte: 0, balance: 35,
			contacts: []castContact{{"Hilde Ouwehand", "penningmeester"}}}}},
	// Invoiced in May of one year and July of the next, with a service year.
	{manager: 0, years: 13, members: []castClient{
		{name: "Aannemersbedrijf Van der Meer B.V.", form: company, sbi: "4120", fte: 310, balance: 3_900, stage: "volwassen",
			contacts: []castContact{{"Geert van der Meer", "DGA"}},
			work:     []engagement{{service: accounts, cents: 1_150_000, dated: true, drifts: true}}}}},
	// The same without a service year: only the mean of two years is fair. Much
	// revenue and little else, so the score puts it far below what it brings in.
	{manager: 4, years: 10, marks: "0110", effort: 118, members: []castClient{
		{name: "Rederij Dijkstra B.V.", form: company, sbi: "5030", fte: 120, balance: 2_700, stage: "volwassen",
			contacts: []castContact{{"Douwe Dijkstra", "DGA"}},
			work:     []engagement{{service: businessAdvice, cents: 860_000, drifts: true}}}}},
	// Two equal lines on every invoice: both count.
	{manager: 5, years: 8, members: []castClient{
		{name: "Slagerij Van den Berg B.V.", form: company, sbi: "4722", fte: 98, balance: 420, stage: "volwassen",
			contacts: []castContact{{"Ria van den Berg", "DGA"}},
			work:     usual(time.June, 245_000, 65_000, engagement{service: bookkeeping, months: everyQuarter, cents: 37_500, twice: true})}}},
	// A household in the notation of card indexes.
	{name: "Familie Van den Berg", manager: 6, years: 18, members: []castClient{
		{name: "Berg, C.H. van den", form: private, fte: -1, balance: -1, work: []engagement{yearly(incomeTax, time.April, 38_000)}},
		{name: "Berg-Postma, L. van den", form: private, fte: -1, balance: -1, work: []engagement{yearly(incomeTax, time.April, 24_500)}}}},
	{manager: 7, years: 7, members: []castClient{
		{name: "Garage v.d. Berg", form: freelance, sbi: "4520", fte: 12, balance: -1, stage: "volwassen",
			contacts: []castContact{{"Wim van den Berg", "eigenaar"}},
			work:     []engagement{yearly(incomeTax, time.May, 88_000), quarterly(bookkeeping, 39_000)}}}},
	{manager: 8, years: 12, marks: "4342", members: []castClient{
		{name: "De Wit Bouwmaterialen B.V.", form: company, sbi: "4673", fte: 160, balance: 2_050, stage: "volwassen",
			contacts: []castContact{{"Karin de Wit", "directeur"}}, elsewhere: 14_500,
			work: usual(time.May, 520_000, 110_000, monthly(payroll, 27_500))}}},
	{manager: 0, years: 5, trend: rising, members: []castClient{
		{name: "'t Hart Interieurbouw B.V.", form: company, sbi: "4332", fte: 134, balance: 880, stage: "groei",
			contacts: []castContact{{"Jelle 't Hart", "DGA"}}, referrer: "klant 1001",
			work: usual(time.April, 310_000, 72_500, monthly(payroll, 22_500))}}},
	{manager: 1, years: 15, members: []castClient{
		{name: "Ter Horst Tuinaanleg VOF", form: firm, sbi: "8130", fte: 67, balance: 240, stage: "opvolging",
			contacts: []castContact{{"Gerrit ter Horst", "eigenaar"}}, referrer: "Wijers Metaalbewerking B.V.",
			work: []engagement{yearly(accounts, time.March, 190_000), yearly(incomeTax, time.April, 96_000)}}}},
	{manager: 2, years: 9, members: []castClient{
		{name: "In 't Veld Schilderwerken", form: freelance, sbi: "4334", fte: 10, balance: -1, stage: "volwassen",
			contacts: []castContact{{"Arie in 't Veld", "eigenaar"}}, work: []engagement{yearly(incomeTax, time.April, 74_000)}}}},
	{manager: 3, years: 3, members: []castClient{
		{name: "Ümit Yılmaz Stukadoorsbedrijf", form: freelance, sbi: "4331", fte: 10, balance: -1, stage: "start",
			contacts: []castContact{{"Ümit Yılmaz", "eigenaar"}}, work: []engagement{yearly(incomeTax, time.April, 69_500), quarterly(bookkeeping, 33_000)}}}},
	{manager: 4, years: 6, members: []castClient{
		{name: "José Ferreira", form: private, fte: -1, balance: -1, work: []engagement{yearly(incomeTax, time.April, 29_500)}}}},
	{manager: 5, years: 20, members: []castClient{
		{name: "Café 't Centrum", form: freelance, sbi: "5630", fte: 28, balance: -1, stage: "afbouw",
			contacts: []castContact{{"Dolf Kamphuis", "eigenaar"}}, work: []engagement{yearly(incomeTax, time.May, 82_000), quarterly(bookkeeping, 45_000)}}}},
	{manager: 6, years: 2, members: []castClient{
		{name: "Bäckerei Lindner B.V.", form: company, sbi: "1071", fte: 71, balance: 290, stage: "start",
			contacts: []castContact{{"Jürgen Lindner", "DGA"}}, referrer: "bankadviseur", work: usual(time.June, 240_000, 60_000)}}},
	// ij and y.
	{manager: 7, years: 17, marks: "332?", members: []castClient{
		{name: "Wijers Metaalbewerking B.V.", form: company, sbi: "2562", fte: 420, balance: 6_200, stage: "volwassen",
			contacts: []castContact{{"Hans Wijers", "DGA"}, {"Linda Cuperus", "controller"}},
			work:     usual(time.April, 890_000, 165_000, monthly(payroll, 78_000), auditOf(16<<10))}}},
	{manager: 8, years: 19, members: []castClient{
		{name: "Maatschap Dykstra en Hylkema", form: firm, sbi: "0141", fte: 24, balance: 3_400, stage: "opvolging",
			contacts: []castContact{{"Sietse Dykstra", "eigenaar"}, {"Baukje Hylkema", "eigenaar"}},
			work:     []engagement{yearly(accounts, time.May, 340_000), yearly(incomeTax, time.May, 145_000)}}}},
	// Groups that the file keeps silent about: the import proposes them.
	{manager: 0, years: 12, members: []castClient{
		{name: "Kuiper Grondwerken B.V.", form: company, sbi: "4312", fte: 172, balance: 2_900, stage: "volwassen",
			contacts: []castContact{{"Harm Kuiper", "DGA"}}, work: usual(time.May, 560_000, 98_000, monthly(payroll, 29_000))},
		{name: "Kuiper Grondwerken Beheer B.V.", form: holding, sbi: "6420", fte: 0, balance: 1_900,
			contacts: []castContact{{"Harm Kuiper", "DGA"}}, work: usual(time.June, 95_000, 48_000)}}},
	{manager: 1, years: 8, members: []castClient{
		{name: "Zeilmakerij Noordzijl B.V.", form: company, sbi: "1392", fte: 66, balance: 510, stage: "groei",
			contacts: []castContact{{"Sietske Noordzijl", "DGA"}}, work: usual(time.April, 225_000, 61_000)},
		{name: "Noordzijl Holding B.V.", form: holding, sbi: "6420", fte: 0, balance: 480,
			contacts: []castContact{{"Sietske Noordzijl", "DGA"}}, work: usual(time.June, 80_000, 42_000)},
		{name: "S.T. Noordzijl", form: private, fte: -1, balance: -1, email: "s.noordzijl@zeilmakerij-noordzijl.example",
			work: []engagement{yearly(incomeTax, time.April, 47_500)}}}},
	{manager: 2, years: 10, members: []castClient{
		{name: "A.B. Oldenkamp", form: private, fte: -1, balance: -1, email: "fam.oldenkamp@voorbeeld.nl", work: []engagement{yearly(incomeTax, time.April, 33_000)}},
		{name: "M. Oldenkamp-Reinders", form: private, fte: -1, balance: -1, email: "fam.oldenkamp@voorbeeld.nl", work: []engagement{yearly(incomeTax, time.April, 22_500)}}}},
	// The largest client, audited.
	{name: "Hazelhoff Groep", manager: 3, years: 18, marks: "3423", effort: 61, members: []castClient{
		{name: "Hazelhoff Transport B.V.", form: company, sbi: "4941", fte: 1_310, balance: 18_500, stage: "volwassen",
			contacts: []castContact{{"Roelof Hazelhoff", "DGA"}, {"Annet Wieringa", "financieel manager"}}, elsewhere: 32_000,
			work: usual(time.April, 1_450_000, 240_000, monthly(payroll, 196_000), auditOf(30<<10))},
		{name: "Hazelhoff Logistiek B.V.", form: company, sbi: "5210", fte: 385, balance: 7_400, stage: "groei",
			contacts: []castContact{{"Annet Wieringa", "financieel manager"}}, work: usual(time.April, 610_000, 130_000, monthly(payroll, 58_000))},
		{name: "Hazelhoff Holding B.V.", form: holding, sbi: "6420", fte: 0, balance: 21_000,
			contacts: []castContact{{"Roelof Hazelhoff", "DGA"}}, work: usual(time.May, 240_000, 85_000)}}},
	// Left, stopped a service, came lately.
	{manager: 4, years: 12, left: 9, members: []castClient{
		{name: "Restaurant De Brasem B.V.", form: company, sbi: "5610", fte: 110, balance: 320, stage: "afbouw",
			contacts: []castContact{{"Chantal Roelfsema", "DGA"}}, work: usual(time.May, 265_000, 58_000, monthly(payroll, 21_000))}}},
	{manager: 5, years: 11, left: 26, members: []castClient{
		{name: "Webwinkel Spijkerwinkel B.V.", form: company, sbi: "4791", fte: 42, balance: 190, stage: "groei",
			contacts: []castContact{{"Daan Oostra", "DGA"}}, work: usual(time.June, 175_000, 52_000)}}},
	{manager: 6, years: 1, trend: rising, members: []castClient{
		{name: "Zonnewende Energieadvies B.V.", form: company, sbi: "7112", fte: 36, balance: 140, stage: "start",
			contacts: []castContact{{"Noor Abbink", "directeur"}}, referrer: "netwerkbijeenkomst",
			work: usual(time.May, 180_000, 55_000, quarterly(bookkeeping, 42_000))}}},
	// Prospects from the focus markets, and associations.
	{manager: 7, prospect: true, members: []castClient{
		{name: "Elektrobedrijf Spanningzoekers B.V.", form: company, sbi: "4321", fte: 90, balance: -1, market: "Bouw en installatie",
			contacts: []castContact{{"Jorrit Haverkate", "directeur"}}, elsewhere: 11_000}}},
	{manager: 8, prospect: true, members: []castClient{
		{name: "Zorggroep Lindenhof B.V.", form: company, sbi: "8710", fte: 640, balance: -1, market: "Zorg",
			contacts: []castContact{{"Marijke Tolsma", "bestuurder"}}, elsewhere: 58_000}}},
	{manager: 0, years: 7, members: []castClient{
		{name: "Stichting Kinderopvang De Regenboogvis", form: foundation, sbi: "8891", fte: 286, balance: 940,
			contacts: []castContact{{"Tineke Bruinsma", "bestuurder"}, {"Ab Wolthuis", "penningmeester"}},
			work:     []engagement{yearly(accounts, time.May, 420_000), monthly(payroll, 47_500), auditOf(6 << 10)}}}},
	{manager: 1, years: 14, members: []castClient{
		{name: "Tennisvereniging De Lob", form: foundation, sbi: "9312", fte: 4, balance: 160,
			contacts: []castContact{{"Koen Sikkema", "penningmeester"}}, work: []engagement{yearly(accounts, time.April, 85_000)}}}},
	// Signs of leaving: a service that stopped, and a drop against the season.
	{manager: 2, years: 9, marks: "2322", members: []castClient{
		{name: "Meubelmakerij Lindeboom B.V.", form: company, sbi: "3109", fte: 142, balance: 1_100, stage: "volwassen",
			contacts: []castContact{{"Wendy Lindeboom", "DGA"}}, work: usual(time.May, 420_000, 88_000, ended(17, monthly(payroll, 31_000)))}}},
	{manager: 3, years: 11, marks: "2231", members: []castClient{
		{name: "Slotermeer Verpakkingen B.V.", form: company, sbi: "1721", fte: 96, balance: 760, stage: "afbouw",
			contacts: []castContact{{"Ruud Slotermeer", "DGA"}, {"Ilse Kroese", "controller"}},
			work:     usual(time.May, 295_000, 70_000, monthly(payroll, 19_500), ended(5, monthly(bookkeeping, 95_000)))}}},
}
