package match

import "strings"

// class is the part a word plays in a Dutch name; it decides what it weighs.
type class uint8

const (
	particle class = iota // van, de, 't, en
	initial               // a single letter
	title                 // mevrouw, drs
	legal                 // bv, vof, zn
	company               // holding, beheer, stichting, a short number
	trade                 // bakkerij, garage
	heer                  // "heer": a title before a surname, else a surname
	heavy                 // everything else: surnames, first names, own names
)

// classWeight is the weight of a word by its class; heavy words are then
// weighed by rarity and place, see weigh.
var classWeight = [...]float32{
	particle: .10, initial: .10, title: .01, legal: .06,
	company: .28, trade: .45, heer: .01, heavy: 1,
}

// light reports whether words of class c are too common to look entries up by.
func (c class) light() bool { return c <= legal }

// lexicon holds the words that weigh less than a name, by folded word. Words
// that are also surnames in their own right (bakker, smit) are not in it.
var lexicon = func() map[string]class {
	m := map[string]class{"heer": heer}
	for _, list := range []struct {
		class class
		words string
	}{
		{particle, `aan af al bij da de degli dei del della den der des di dos
			du el en and het in la las le les onder op over t tho te
			ten ter thoe tot uit van ver vom von zu zum zur`},
		{title, `dhr drs dr mevr mevrouw mw mej mejuffrouw meneer mijnheer mr mrs
			ir ing prof professor ds fam familie wed weduwe hr bsc msc bba mba
			llm llb jr sr junior senior tav heren dames`},
		{legal, `bv nv vof cv bvba srl sprl sarl gmbh ltd ltda limited llc inc
			plc sa ag kg se ua ba coop zn dochter dochters
			gebr fa cs co cie comp io`},
		{company, `holding holdings beheer beheermaatschappij beleggingen
			belegging beleggingsmaatschappij groep group maatschap maatschappij
			stichting vereniging stg cooperatie cooperatief
			administratie administratiekantoor kantoor administraties
			participatie participaties pensioen international internationaal
			nederland holland europe europa benelux bedrijf bedrijven
			onderneming ondernemingen eenmanszaak management invest
			investments exploitatie vastgoed onroerend goed exploitatiemaatschappij
			houdstermaatschappij handelsonderneming handelsmaatschappij
			financieringsmaatschappij erven stak`},
		{trade, `aannemer aannemers aannemersbedrijf accountants accountancy
			adviesbureau advies adviseurs advocaten advocatenkantoor advocatuur
			afbouw akkerbouw akkerbouwbedrijf apotheek architecten
			architectenbureau assurantien autobedrijf autohandel autos autoschade
			automatisering bakkerij banketbakkerij belastingadviseurs
			beveiliging bloemen bloembinderij bloemisterij boerderij bouw
			bouwbedrijf bouwonderneming cafe cafetaria catering coaching consult
			consultancy consulting dakdekkers design detachering dienstverlening
			dierenarts dierenartsenpraktijk diensten drogisterij drukkerij
			eetcafe elektro elektrotechniek evenementen expeditie export fietsen
			fysiotherapie fotografie garage garagebedrijf glasbedrijf
			glaszetters groenvoorziening groothandel handel horeca hotel
			hovenier hoveniers hoveniersbedrijf huisarts huisartsen
			huisartsenpraktijk ict import installatie installatiebedrijf
			installaties interieur interieurbouw juwelier kaashandel
			kapper kappers kapsalon keukens kinderdagverblijf kinderopvang
			kledingzaak kwekerij landbouw landbouwbedrijf lasbedrijf logistiek
			loodgietersbedrijf loonbedrijf makelaar makelaardij makelaars manege
			marketing media melkveebedrijf melkveehouderij metaal metaalbewerking
			metselbedrijf meubelen meubelmakerij mode montage montagebedrijf
			multimedia notaris notarissen onderhoud opleidingen optiek
			pluimveehouderij praktijk projecten projectontwikkeling reclame
			reizen restaurant rijschool rijwielen salon schilders
			schildersbedrijf schoenmakerij schoonheidssalon schoonmaak
			schoonmaakbedrijf service services slagerij slijterij snackbar
			software stukadoors stukadoorsbedrijf supermarkt systems tandarts
			tandartspraktijk techniek technisch technische technologie tegelzetters
			timmerbedrijf training transport transportbedrijf trading tuinbouw
			tuincentrum uitgeverij uitzendbureau varkenshouderij veehandel
			veehouderij verhuur verzekeringen vishandel wasserij webdesign
			webshop winkel zorg thuiszorg`},
	} {
		for w := range strings.FieldsSeq(list.words) {
			m[string(appendFolded(nil, w))] = list.class
		}
	}
	return m
}()

// classOf returns the class of a folded word.
func classOf(word string) class {
	if len(word) == 1 && !isDigit(word[0]) && word != "t" || word == "ij" {
		return initial
	}
	if c, ok := lexicon[word]; ok {
		return c
	}
	if len(word) <= 2 && isDigit(word[0]) && isDigit(word[len(word)-1]) {
		return company
	}
	return heavy
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// abbreviations maps what is written with or without dots, slashes or spaces
// to the words it stands for. The particle "d" stands for de, den and der.
var abbreviations = map[string][]string{
	"vd": {"van", "d"}, "vdn": {"van", "den"}, "vdr": {"van", "der"},
	"vden": {"van", "den"}, "vder": {"van", "der"},
	"vande": {"van", "de"}, "vanden": {"van", "den"}, "vander": {"van", "der"},
	"vant": {"van", "t"}, "vt": {"van", "t"}, "vh": {"van", "het"},
	"vdh": {"van", "d", "h"}, "od": {"op", "d"},
	"zoon": {"zn"}, "zonen": {"zn"}, "zns": {"zn"}, "gebroeders": {"gebr"}, "firma": {"fa"},
	"stg": {"stichting"},
	"bv":  {"bv"}, "nv": {"nv"}, "vof": {"vof"}, "cv": {"cv"}, "bvba": {"bvba"},
	"cs": {"cs"}, "io": {"io"}, "tav": {"tav"}, "ua": {"ua"}, "ba": {"ba"},
	"sa": {"sa"}, "ag": {"ag"}, "bsc": {"bsc"}, "msc": {"msc"}, "llm": {"llm"}, "ict": {"ict"},
}

// glued lists the particles that Flemish names and hasty typists write against
// the surname, with the least length of what must follow.
var glued = []struct {
	prefix string
	words  []string
	rest   int
}{
	{"vanden", []string{"van", "den"}, 3},
	{"vander", []string{"van", "der"}, 3},
	{"vande", []string{"van", "de"}, 4},
	{"vd", []string{"van", "d"}, 3},
}

// particleLikeness is how alike two particles are that name lists interchange.
// It is at least [sameWord] only where one is short for the other.
func particleLikeness(a, b string) float32 {
	if a > b {
		a, b = b, a
	}
	switch a + " " + b {
	case "d de", "d den", "d der", "het t", "v van", "d t":
		return sameWord
	case "de den", "de der", "den der", "te ten", "te ter", "ten ter", "van von", "and en":
		return .6
	}
	return 0
}

// particleVariants are the particles that [particleLikeness] knows.
var particleVariants = []string{
	"and", "d", "de", "den", "der", "en", "het", "t", "te", "ten", "ter", "v", "van", "von",
}
