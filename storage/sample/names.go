package sample

// surnames are family names of ordinary clients. Names close to Jansen and
// Smit are missing on purpose: only the cast has those, so that a search for
// them gives the same few clients in an office of any size. For the same
// reason Van den Berg, Van der Meer, De Wit and Dijkstra are the cast's.
var surnames = [][2]string{
	{"", "Visser"}, {"", "Meijer"}, {"", "Mulder"}, {"", "Bos"}, {"", "Vos"}, {"", "Hendriks"},
	{"", "Dekker"}, {"", "Brouwer"}, {"", "Kok"}, {"", "Jacobs"}, {"", "Vermeulen"}, {"", "Schouten"},
	{"", "Willems"}, {"", "Hoekstra"}, {"", "Koster"}, {"", "Prins"}, {"", "Verhoeven"}, {"", "Huisman"},
	{"", "Peeters"}, {"", "Postma"}, {"", "Kuiper"}, {"", "Veenstra"}, {"", "Kramer"}, {"", "Scholten"},
	{"", "Martens"}, {"", "Bosman"}, {"", "Gerritsen"}, {"", "Evers"}, {"", "Koning"}, {"", "Wolters"},
	{"", "Molenaar"}, {"", "Verbeek"}, {"", "Blom"}, {"", "Driessen"}, {"", "Groen"}, {"", "Sanders"},
	{"", "Verhagen"}, {"", "Timmermans"}, {"", "Bosch"}, {"", "Vink"}, {"", "Koopman"}, {"", "Schipper"},
	{"", "Maas"}, {"", "Goossens"}, {"", "Bouwman"}, {"", "Cornelissen"}, {"", "Claassen"}, {"", "Zijlstra"},
	{"", "Hofman"}, {"", "Hermans"}, {"", "Wiersma"}, {"", "Hofstra"}, {"", "Terpstra"}, {"", "Boersma"},
	{"", "Roos"}, {"", "Lammers"}, {"", "Kuijpers"}, {"", "Rietveld"}, {"", "Nauta"}, {"", "Aerts"},
	{"", "Bruins"}, {"", "Doornbos"}, {"", "Nijboer"}, {"", "Oosting"}, {"", "Pronk"}, {"", "Schaap"},
	{"", "Stam"}, {"", "Talsma"}, {"", "Tuinstra"}, {"", "Vlaming"}, {"", "Wessels"}, {"", "Ypma"},
	{"", "Zandstra"}, {"", "Bakker"}, {"", "Slagter"}, {"", "Boonstra"}, {"", "Reitsma"}, {"", "Faber"},
	{"", "Kooistra"}, {"", "Bruggink"}, {"", "Wesselink"}, {"", "Hulshof"}, {"", "Nijland"}, {"", "Arends"},
	{"de", "Boer"}, {"de", "Groot"}, {"de", "Graaf"}, {"de", "Haan"}, {"de", "Bruijn"}, {"de", "Leeuw"},
	{"de", "Ruiter"}, {"de", "Koning"}, {"de", "Lange"}, {"de", "Rooij"}, {"de", "Bont"}, {"de", "Kort"},
	{"de", "Wolf"}, {"de", "Waal"}, {"den", "Hartog"}, {"den", "Ouden"}, {"den", "Boer"},
	{"van", "Dijk"}, {"van", "Leeuwen"}, {"van", "Dam"}, {"van", "Vliet"}, {"van", "Wijk"}, {"van", "Beek"},
	{"van", "Es"}, {"van", "Rijn"}, {"van", "Loon"}, {"van", "Veen"}, {"van", "Zanten"}, {"van", "Schaik"},
	{"van der", "Linden"}, {"van der", "Heijden"}, {"van der", "Veen"}, {"van der", "Wal"}, {"van der", "Laan"},
	{"van der", "Ploeg"}, {"van der", "Zee"}, {"van der", "Steen"}, {"van den", "Heuvel"}, {"van den", "Broek"},
	{"van den", "Brink"}, {"van den", "Akker"}, {"van de", "Ven"}, {"van de", "Velde"}, {"van de", "Kamp"},
	{"van 't", "Hof"}, {"ter", "Haar"}, {"ter", "Beek"}, {"ten", "Brink"}, {"ten", "Hove"}, {"op den", "Camp"},
	{"", "Pinas"}, {"", "Tahitu"}, {"", "Latumahina"}, {"", "Croes"}, {"", "Maduro"},
}

// particles go before names put together from syllables; most have none.
var particles = []string{"", "", "", "", "van", "van", "van der", "van den", "van de", "de", "ter", "ten"}

var syllablesBefore = []string{
	"Achter", "Beren", "Bever", "Blanken", "Boeken", "Bolder", "Bramel", "Brede", "Duinen", "Eikel",
	"Elzen", "Essen", "Falken", "Gansen", "Gelder", "Groene", "Haver", "Hazel", "Heide", "Hoge",
	"Hoorn", "Kalver", "Kempe", "Klaver", "Koren", "Kraaien", "Kromme", "Lange", "Leeuwer", "Linde",
	"Maan", "Meer", "Middel", "Molen", "Noorder", "Ooster", "Peppel", "Raven", "Riet", "Roden",
	"Rozen", "Schapen", "Sparren", "Steen", "Stoel", "Vaart", "Veen", "Vlier", "Vogel", "Vreden",
	"Appel", "Bergen", "Beuken", "Bonte", "Doorn", "Dorpen", "Eiken", "Geuzen", "Haag", "Herten",
	"Hinden", "Kastanje", "Kerse", "Kloosters", "Konings", "Leem", "Meulen", "Oever", "Olmen", "Paarden",
	"Polder", "Reiger", "Ruiter", "Schout", "Spoor", "Stads", "Terpen", "Tuinen", "Varens", "Valken",
	"Vissers", "Vlas", "Weiden", "Wolven", "Zand", "Zeven",
	"Water", "Weste", "Wilgen", "Winter", "Zander", "Zilver", "Zomer", "Zuider", "Zwaan", "Zwarte",
}

var syllablesAfter = []string{
	"akker", "beek", "berg", "boom", "bos", "bosch", "brink", "broek", "brug", "burg",
	"dam", "dijk", "dorp", "drift", "gaarde", "horst", "hof", "hoek", "huizen", "kamp",
	"kerk", "land", "loo", "man", "mars", "meulen", "oord", "pol", "poort", "rode",
	"beemd", "borgh", "dal", "donk", "eng", "hagen", "heuvel", "kade", "laar", "laan",
	"schot", "stein", "sloot", "stra", "veld", "ven", "voort", "waard", "weide", "zicht",
}

// tradition is where first names and surnames go together.
type tradition struct {
	first    []string
	surnames [][2]string // particle and name
}

// traditions are the Dutch one and those of people who came later. Most clients
// are of the first.
var traditions = [...]tradition{
	{surnames: surnames, first: []string{
		"Pieter", "Anna", "Johan", "Marieke", "Henk", "Sofie", "Willem", "Ingrid", "Kees", "Lisanne",
		"Bart", "Eva", "Gerard", "Miriam", "Ruud", "Hanneke", "Dirk", "Carla", "Jeroen", "Femke",
		"Martijn", "Ellen", "Erik", "Saskia", "Tom", "Monique", "Frank", "Petra", "Joost", "Wilma",
		"Mark", "Daphne", "Ronald", "Chantal", "Sjoerd", "Nynke", "Tjeerd", "Froukje", "Gijs", "Roos",
		"André", "Zoë", "Noëlle", "Thea", "Bram", "Lotte", "Niels", "Anouk", "Sander", "Judith",
		"Arjan", "Renske", "Wouter", "Hilde", "Jasper", "Tineke", "Maurits", "Loes", "Robert", "Yvonne",
		"Teun", "Marjolein", "Rik", "Geertje", "Harm", "Ilse", "Stefan", "Corrie", "Bas", "Annemiek",
		"Lars", "Willemijn", "Koen", "Mieke", "Theo", "Jolanda", "Hugo", "Esther", "Roel", "Liesbeth",
		"Sven", "Trudy", "Jaap", "Manon", "Freek", "Ria", "Ben", "Floor", "Casper", "Gea",
		"Ewout", "Tessa", "Gert", "Nicole", "Lennart", "Joke", "Olaf", "Simone", "Dennis", "Linda",
	}},
	{
		surnames: [][2]string{
			{"", "Yıldız"}, {"", "Öztürk"}, {"", "Çelik"}, {"", "Kaya"}, {"", "Şahin"}, {"", "Arslan"}, {"", "Aydın"}, {"", "Koç"}, {"", "Polat"},
		},
		first: []string{"Mehmet", "Ayşe", "Emre", "Fatma", "Hakan", "Elif", "Murat", "Zeynep", "Yusuf", "Derya", "Cem", "Sevgi"},
	}, {
		surnames: [][2]string{
			{"el", "Amrani"}, {"el", "Idrissi"}, {"", "Bouzid"}, {"", "Haddad"}, {"", "Ouali"}, {"", "Chaoui"}, {"", "Tahiri"}, {"ben", "Salah"},
		},
		first: []string{"Youssef", "Fatima", "Karim", "Samira", "Said", "Naima", "Hicham", "Loubna", "Omar", "Salma", "Bilal", "Nadia"},
	}, {
		surnames: [][2]string{{"", "Ramdin"}, {"", "Sewnarain"}, {"", "Jagesar"}, {"", "Bhagwandin"}, {"", "Kalloe"}, {"", "Mahabier"}},
		first:    []string{"Ravi", "Shanti", "Anil", "Sunita", "Rakesh", "Priya", "Vijay", "Asha", "Dinesh", "Anita"},
	}, {
		surnames: [][2]string{{"", "Nguyen"}, {"", "Tran"}, {"", "Wong"}, {"", "Liu"}, {"", "Pham"}, {"", "Zhang"}},
		first:    []string{"Thuy", "Minh", "Lan", "Kim", "Wei", "Mei", "Linh", "Jun", "Hoa", "Ming"},
	}, {
		surnames: [][2]string{{"", "Kowalski"}, {"", "Nowak"}, {"", "Müller"}, {"", "Schröder"}, {"", "Fischer"}, {"", "Kamiński"}, {"", "Krüger"}},
		first:    []string{"Agnieszka", "Piotr", "Jürgen", "Björn", "Katrin", "Tomasz", "Ewa", "Dieter", "Marta", "Uwe"},
	}, {
		surnames: [][2]string{{"da", "Silva"}, {"", "Fernandes"}, {"", "Martínez"}, {"", "Rosário"}, {"", "Lefèvre"}, {"", "Dubois"}, {"", "Lopes"}},
		first:    []string{"João", "Inês", "Ana", "Paulo", "Hélène", "Cécile", "Luís", "Rui", "Teresa", "Marc", "Beatriz", "Bruno"},
	},
}

// staff are the managers of the default office; the first four are partners.
var staff = []person{
	{"Femke", "F.", surname{particle: "de", name: "Vries"}},
	{"Maarten", "M.", surname{particle: "", name: "Hoekstra"}},
	{"Ingrid", "I.", surname{particle: "van", name: "Leeuwen"}},
	{"Rachid", "R.", surname{particle: "", name: "Benali"}},
	{"Sanne", "S.", surname{particle: "", name: "Kok"}},
	{"Thijs", "T.", surname{particle: "", name: "Brouwer"}},
	{"Esra", "E.", surname{particle: "", name: "Demir"}},
	{"Wouter", "W.", surname{particle: "van der", name: "Linden"}},
	{"Lotte", "L.", surname{particle: "", name: "Peeters"}},
}
