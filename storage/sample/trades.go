package sample

// trade is a branch of business: its SBI code, what stands in the name of such
// a company, how much staff goes with a size of 1 (in tenths of an FTE), and
// the balance total that goes with it, in thousands of euros.
type trade struct {
	sbi     string
	before  string // "Bakkerij Kuiper"
	after   string // "Kuiper Installatietechniek"
	staff   int
	balance int
}

// trades are the branches of companies, in the mix of a provincial office.
var trades = []trade{
	{"4321", "Elektrobedrijf", "Elektrotechniek", 28, 110},
	{"43221", "Loodgietersbedrijf", "Installatietechniek", 30, 120},
	{"4120", "Aannemersbedrijf", "Bouw", 30, 210},
	{"4332", "Timmerbedrijf", "Interieurbouw", 22, 90},
	{"4334", "Schildersbedrijf", "Schilderwerken", 24, 60},
	{"4391", "Dakdekkersbedrijf", "Daktechniek", 26, 90},
	{"4312", "Grondverzetbedrijf", "Infra", 30, 260},
	{"0141", "Melkveebedrijf", "Agrarisch", 9, 620},
	{"0119", "Akkerbouwbedrijf", "Akkerbouw", 8, 540},
	{"0130", "Kwekerij", "Boomkwekerijen", 20, 280},
	{"8130", "Hoveniersbedrijf", "Tuinaanleg", 26, 70},
	{"1071", "Bakkerij", "Brood en Banket", 36, 85},
	{"4722", "Slagerij", "Vleeswaren", 30, 90},
	{"5610", "Restaurant", "Horeca", 44, 75},
	{"5630", "Café", "Horeca", 32, 60},
	{"5510", "Hotel", "Hotels", 40, 380},
	{"4941", "Transportbedrijf", "Transport", 34, 230},
	{"5210", "Opslagbedrijf", "Logistiek", 28, 250},
	{"4520", "Autobedrijf", "Auto's", 24, 160},
	{"4511", "Garage", "Mobiliteit", 22, 240},
	{"2511", "Constructiebedrijf", "Metaalbewerking", 28, 190},
	{"2562", "Machinefabriek", "Techniek", 27, 200},
	{"3109", "Meubelmakerij", "Meubelen", 22, 100},
	{"1812", "Drukkerij", "Grafisch", 20, 130},
	{"4778", "Boekhandel", "Winkels", 20, 70},
	{"4771", "Kledinghuis", "Mode", 24, 95},
	{"4673", "Bouwmaterialenhandel", "Bouwmaterialen", 18, 240},
	{"4690", "Handelsonderneming", "Groothandel", 16, 260},
	{"4791", "Webwinkel", "E-commerce", 14, 90},
	{"6201", "Softwarebureau", "Software", 26, 85},
	{"7111", "Architectenbureau", "Architecten", 22, 70},
	{"7112", "Ingenieursbureau", "Engineering", 24, 85},
	{"7022", "Adviesbureau", "Consultancy", 14, 80},
	{"7311", "Reclamebureau", "Communicatie", 18, 55},
	{"8621", "Huisartsenpraktijk", "Huisartsen", 20, 70},
	{"8623", "Tandartspraktijk", "Mondzorg", 24, 95},
	{"86912", "Fysiotherapie", "Fysiotherapie", 26, 45},
	{"7500", "Dierenkliniek", "Dierenartsen", 22, 90},
	{"9602", "Kapsalon", "Haarmode", 30, 30},
	{"8891", "Kinderopvang", "Kinderopvang", 50, 70},
	{"8121", "Schoonmaakbedrijf", "Schoonmaak", 60, 40},
	{"7810", "Uitzendbureau", "Personeelsdiensten", 60, 80},
	{"6820", "Vastgoedbeheer", "Vastgoed", 4, 900},
	{"8559", "Opleidingsbureau", "Opleidingen", 18, 50},
}

// ownTrades are what people do who work for themselves.
var ownTrades = []trade{
	{sbi: "4334", after: "Schilder- en behangwerk"}, {sbi: "4333", after: "Tegelwerken"},
	{sbi: "4332", after: "Timmerwerken"}, {sbi: "4331", after: "Stukadoorswerk"},
	{sbi: "7022", after: "Advies"}, {sbi: "7022", after: "Interim-management"},
	{sbi: "6201", after: "Webontwikkeling"}, {sbi: "7420", after: "Fotografie"},
	{sbi: "7410", after: "Grafisch ontwerp"}, {sbi: "9602", after: "Haarstudio"},
	{sbi: "86912", after: "Praktijk voor oefentherapie"}, {sbi: "8690", after: "Coaching"},
	{sbi: "8551", after: "Rijschool"}, {sbi: "8130", after: "Tuinonderhoud"},
	{sbi: "4932", after: "Taxivervoer"}, {sbi: "9003", after: "Teksten"},
	{sbi: "8121", after: "Glasbewassing"}, {sbi: "8532", after: "Muzieklessen"},
	{sbi: "4789", after: "Markthandel"}, {sbi: "9609", after: "Dierenpension"},
}

// societies are what associations and foundations are for; the name follows.
var societies = []trade{
	{sbi: "8891", before: "Stichting Kinderopvang", staff: 40}, {sbi: "9312", before: "Sportvereniging"},
	{sbi: "9312", before: "Tennisvereniging"}, {sbi: "9101", before: "Stichting Bibliotheek", staff: 9},
	{sbi: "9001", before: "Stichting Theater", staff: 8}, {sbi: "9499", before: "Stichting Buurthuis", staff: 4},
	{sbi: "8552", before: "Stichting Muziekschool", staff: 12}, {sbi: "9102", before: "Stichting Museum", staff: 5},
	{sbi: "6832", before: "Vereniging van Eigenaars"}, {sbi: "8810", before: "Stichting Dagbesteding", staff: 30},
	{sbi: "9491", before: "Stichting Behoud Kerk"}, {sbi: "9411", before: "Ondernemersvereniging"},
}

// fancies are names that a company or an association carries instead of its
// owner's, without article: "De" or "Het" stands in the entry.
var fancies = []string{
	"De Linde", "Het Anker", "De Morgenster", "Noorderlicht", "De Blauwe Reiger", "Zilverberk",
	"De Vlinder", "Het Kompas", "De Oude Sluis", "Het Molentje", "De Eikenhof", "Waterlelie",
	"De Gouden Aar", "De IJsvogel", "Het Klaverblad", "Zonnehoek", "De Zwaluw", "Het Baken",
	"De Waterpoort", "Bovenveen", "De Regenboog", "Het Kruispunt", "De Wilgen", "Lage Landen",
	"De Vuurtoren", "Oosterpoort", "De Lepelaar", "Het Spinnewiel", "De Dorpsbron", "Meerzicht",
	"De Korenbloem", "Hooge Brug", "De Kiekendief", "Het Veerhuis", "Ruimzicht", "De Roerdomp",
	"De Boomgaard", "Het Hoefijzer", "Vierkant", "De Schakel", "Driesprong", "De Wachter",
}

// markets are the focus markets in which the office looks for prospects.
var markets = []string{"Bouw en installatie", "Agrarisch", "Zorg", "Transport en logistiek", "Zakelijke dienstverlening"}

// referrers are who brings clients, in the words of an office's own list.
var referrers = []string{"bestaande klant", "notaris", "bankadviseur", "medewerker", "website", "netwerkbijeenkomst"}
