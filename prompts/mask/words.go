package mask

import "strings"

// The lists below are written by hand, from what everybody knows. They are folded:
// lower case, without accents and points.

// titles stand before a name.
var titles = lazySet(`meneer mevrouw mevr mw dhr heer hr mr mrs ms drs ir ing dr prof juffrouw mejuffrouw fam familie de-heer
	mister collega oom tante`)

// particles stand inside a surname: van den Berg.
var particles = lazySet(`van de den der het 't ter ten te op in 'n 's von zu la le du des da di del della el al ben bin aan bij onder over
	v vd vdr uit uijt voor tot`)

// legalForms end the name of a company.
var legalForms = lazySet(`bv nv vof cv bvba holding beheer groep group stichting vereniging maatschap zn zonen co inc ltd gmbh ua`)

// tradeWords say what a company does; they are not its own.
var tradeWords = lazySet(`bouw bouwbedrijf bakkerij slagerij installatie installatietechniek techniek transport logistiek advies adviesbureau
	administratie administratiekantoor accountants accountancy makelaardij makelaars notarissen advocaten consultancy consulting
	dienstverlening vastgoed onroerend goed investments invest participaties exploitatie horeca restaurant cafe hotel apotheek
	tandartspraktijk huisartsenpraktijk praktijk fysiotherapie kapsalon garage autobedrijf automotive rijwielen tuinen hoveniers
	hoveniersbedrijf schilders schildersbedrijf loodgieters loodgietersbedrijf timmerbedrijf aannemersbedrijf aannemers
	elektrotechniek metaal metaalbewerking machines handel handelsonderneming import export groothandel winkel mode kleding
	schoenen juwelier optiek bloemen kwekerij melkveehouderij veehouderij akkerbouw landbouw agri boerderij fruit groente vis
	media design reclame communicatie software ict it systems services service solutions nederland europe international
	management projecten project uitzendbureau personeel zorg kinderopvang school onderwijs sport fitness reizen verhuur en`)

// ordinaryWords are surnames and first names that mean something without a capital.
var ordinaryWords = lazySet(`bakker visser smid meester koning koningen prins graaf hertog boer boeren kok kuiper brouwer schipper timmerman
	timmer jager wolf vos haan haas hond kat beer leeuw valk arend duif groot grote klein kleine lang lange kort korte wit witte
	zwart zwarte groen groene bruin bruine rood rode blauw geel grijs jong jonge oud oude mol post bos berg dijk veld velde heuvel molen
	molenaar kerk brug bruggen haven stad hoek maas winter zomer herfst lente maan zon ster ridder bisschop paus pauw keizer
	slager snijder kramer koopman wever schouten schoenmaker metselaar schilder dekker mulder kamp kampen linden linde eik boom
	bomen boomgaard roos rozen tulp bloem bloemen water beek meer poel sloot vliet stroom zee eiland wal muur huis huizen hof
	poort deur venster kamer keuken kelder toren burg kasteel steen stenen zand klei goud zilver ijzer staal koper blij vrolijk goed
	goede zoet zuur bitter sterk snel rijk arm wijs dapper trouw vroom eerlijk mooi vrede vreugde hoop geloof liefde genade mark
	hand hart hoofd haar neus mond baard vlieger drie vier zeven tien honderd maandag vrijdag mei juni januari paard schaap ram stier
	os koe vink merel mus zwaan kraai meeuw sperwer uil knoop naald draad touw zak sleutel hamer spijker ploeg zeis wagen wiel rad
	schaar ketel pot pan kan beker glas last vracht markt winkel handel post pols rust vos kuil kruis buis dam stam tak blad blok
	bal spel dans zang klok snoek bot schol haring maat man mannen vrouw jongen kind kinderen vader moeder broer zus neef nicht roos
	will mark rob floor fleur sterre bente hope grace faith max sam rick wil bas bart wolf storm cent merel iris daan-niet
	bond boon boot brand dorst duin engel haak heer helder hel hert hoed horst jas ketting klaver korf kraan kroon laan land lans`)

// qualities are ordinary words that also begin a sentence without an article: a
// capital says little there.
var qualities = lazySet(`kort korte lang lange groot grote klein kleine snel snelle sneller sterk sterke wijs wijze groen groene rood rode wit witte
	zwart zwarte blauw blauwe bruin bruine geel grijs jong jonge oud oude nieuw nieuwe mooi mooie goed goede beter betere best hoog hoge
	laag lage breed smal dik dun vast vaste los vol leeg rijk arm trouw blij vrolijk eerlijk vroom dapper zoet zuur bitter hard harde
	zacht zachte winter zomer herfst lente vrede vreugde hoop geloof liefde genade last markt handel hulp tijd geld zorg licht zwaar zware
	hart hoofd hand post glas bal spel klok water vis goud zilver huis deur kamer keuken`)

// deeds are what people do in a sentence that begins with their name, and company
// who does it with them.
var (
	deeds = lazySet(`is was heeft had belt belde mailt mailde denkt dacht zegt zei komt kwam kan kon wil wilde zal zou moet doet deed weet wist gaat ging
	neemt nam geeft gaf helpt hielp kent kende staat stond blijft bleef vindt vond vraagt vroeg regelt regelde reageert reageerde laat liet
	legt legde vergat vergeet werkt werkte luistert luisterde begrijpt begreep snapt snapte verdient heet heette stuurt stuurde antwoordt
	antwoordde schrijft schreef zit zat loopt liep maakt maakte houdt hield krijgt kreeg adviseert adviseerde zorgt zorgde leest las`)
	company = lazySet(`zijn haar collega collega's co zoon zonen dochter partner`)
)

// ordinaryEnds end words that are no surnames, though surnames end so too.
var ordinaryEnds = strings.Fields(`wensen eisen kansen lessen cessen ressen cursussen klassen balansen mensen grenzen kassen tussen passen wassen missen kussen flessen
	bussen bossen dansen glazen thema schema cinema thuis ziekenhuis stadhuis gemeentehuis woonhuis warenhuis pakhuis landhuis tehuis
	werkveld speelveld tekstveld sportveld romans fasen iemands niemands zomerkamp`)

// notNames are written with a capital and are nobody: days, months, places, peoples,
// feasts, laws, authorities, software.
var notNames = lazySet(`maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus
	september oktober november december monday tuesday wednesday thursday friday saturday sunday january february march may june july
	august october nederland nederlands nederlandse nederlander nederlanders holland hollands hollandse belgie belgisch belgische belg belgen
	vlaanderen vlaams vlaamse duitsland duits duitse duitser duitsers frankrijk frans franse engeland engels engelse engelsen brits britse
	spanje spaans spaanse italie italiaans italiaanse europa europees europese amerika amerikaans amerikaanse polen pools poolse turkije
	turks turkse china chinees chinese rusland oekraine zwitserland oostenrijk luxemburg portugal griekenland zweden denemarken noorwegen
	amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen apeldoorn haarlem arnhem enschede amersfoort zaanstad
	zwolle zoetermeer leiden leeuwarden dordrecht maastricht alkmaar delft deventer hilversum helmond heerlen oss roosendaal assen emmen
	hoorn gouda vlissingen middelburg venlo ede veenendaal zeist woerden nieuwegein houten bussum purmerend lelystad kampen meppel
	hoogeveen drachten sneek zutphen doetinchem tiel waalwijk weert roermond sittard antwerpen brussel gent brugge londen parijs berlijn
	friesland drenthe overijssel gelderland zeeland limburg brabant noord-brabant noord-holland zuid-holland flevoland achterhoek veluwe
	twente randstad gooi betuwe noord zuid oost west haag bosch 's-hertogenbosch den-haag
	kerst kerstmis pasen pinksteren hemelvaart koningsdag sinterklaas nieuwjaar oudjaar carnaval ramadan corona covid prinsjesdag
	belastingdienst fiscus kvk kamer koophandel rijk gemeente provincie uwv svb afm nba sra rvo cbs dnb ecb raad state tweede eerste
	excel word outlook teams sharepoint onedrive microsoft google apple windows office exact twinfield afas snelstart visma unit4 yuki
	moneybird minox reeleezee basecone silverfin caseware nextens loket nmbrs slack whatsapp zoom facebook linkedin instagram youtube
	internet online ai chatgpt ubl xaf sbr rgs digid eherkenning idin ideal paypal mollie tikkie peppol
	btw ib vpb dga bv nv vof avg gdpr wwft wka wkr wbso cao bpm jubelton box mkb zzp zzpers mkb-er hr ict it pdf csv app usb tv gsm pc
	ok oke ceo cfo hrm crm erp sap api faq nps kpi roi q1 q2 q3 q4 a b c d e f ps nb i ii iii iv u uw
	god jezus here heer hemel rabobank abn amro ing triodos knab bunq asn sns regiobank aegon achmea interpolis
	wet dba commissarissen commissaris ondernemingsraad kerstdag paasdag pinksterdag bevrijdingsdag london berlin paris dagblad financieele
	telegraaf volkskrant zuidas shopify woocommerce wordpress magento mac macbook iphone ipad android samsung dropbox docusign trustpilot
	informatie ahold jumbo heijn lidl aldi action hema bol amazon coolblue thuisbezorgd uber booking tesla volkswagen bmw audi mercedes
	nederlanden unive randstad postnl ziggo kpn vodafone odido ns schiphol philips shell unilever heineken`)

// places have a particle of their own.
var places = map[string]bool{"den haag": true, "den bosch": true, "den helder": true, "den burg": true, "de bilt": true, "de meern": true,
	"het gooi": true, "de lier": true, "den dolder": true, "de wijk": true, "de ronde": true, "den ham": true}

// starters are ordinary words that begin sentences or stand capitalised in titles.
var starters = lazySet(`de het een 't 'n dit dat deze die daar hier er ik jij je u uw hij zij ze wij we jullie hen hun ons onze mijn jouw haar zijn
	men iemand niemand iedereen alles alle al allen allemaal niets niks iets veel vele weinig enkele sommige meer minder meeste
	en of maar want dus dan toen als omdat doordat hoewel terwijl zodat indien wanneer nadat voordat sinds tot totdat tenzij mits ook
	nog niet geen nooit altijd vaak soms steeds weer wel toch echter bovendien daarnaast verder tevens daarom daardoor daarna
	daarbij hierdoor hierbij hiermee helaas gelukkig jammer fijn goed goede prima top leuk mooi slecht matig super uitstekend
	uitstekende perfect geweldig fantastisch heerlijk snel snelle trage duidelijk duidelijke helder heldere eerlijk vriendelijk
	vriendelijke deskundig deskundige betrokken betrouwbaar persoonlijk persoonlijke professioneel professionele zeer heel erg echt
	te zo net pas alleen slechts ongeveer bijna misschien waarschijnlijk zeker absoluut natuurlijk uiteraard eigenlijk gewoon
	vooral met zonder voor na naar van bij in op aan uit over onder door tegen tussen tijdens via per om binnen buiten volgens
	wegens ondanks behalve namens vanwege vanaf rond wat wie waar waarom hoe hoeveel hoelang welke welk waarbij waarin waarvoor ja nee
	ok oke nou nu vandaag gisteren morgen straks later eerder vroeger laatst onlangs inmiddels ondertussen vorig vorige volgend
	volgende afgelopen komend komende elk elke ieder iedere ander andere eerste tweede derde laatste enige zelf samen
	is was waren ben bent wordt worden werd heeft hebben had hadden heb kan kunnen kon konden zou zouden moet moeten mag mogen wil
	willen wilt zal zullen ga gaat gaan ging doe doet doen deed kom komt komen kwam krijg krijgt krijgen kreeg bel bellen belt
	mail mailen stuur sturen stuurt vraag vragen vraagt geef geeft geven zie ziet zien weet weten denk denkt denken vind vindt
	vinden vond blijf blijft blijven maak maakt maken laat laten neem neemt nemen lees lezen schrijf wacht wachten help helpt
	helpen dank bedankt dankzij groet groeten hallo beste geachte hoi dag graag svp aub let zorg zorgen negeer vergeet mis
	kantoor accountant accountants adviseur adviseurs medewerker medewerkers team collega collega's klant klanten directie bestuur
	bedrijf bedrijven ondernemer ondernemers kosten prijs prijzen tarief tarieven factuur facturen rekening offerte advies
	adviezen jaarrekening jaarstukken jaarcijfers aangifte aangiften belasting belastingen administratie loon lonen salaris
	salarisadministratie boekhouding boekhouder controle rapportage rapport overzicht cijfers begroting prognose gesprek gesprekken
	afspraak afspraken overleg bezoek contact communicatie bereikbaarheid telefoon telefonisch e-mail email website portaal
	service dienst diensten dienstverlening kwaliteit samenwerking ervaring ervaringen vertrouwen tijd tijdig planning deadline
	opvolging financiering personeel digitalisering planning groei vermogen regelgeving duurzaamheid pensioen hypotheek lening bank
	subsidie subsidies investering verzekering overname verkoop bedrijfsopvolging holding stichting vereniging mensen man vrouw
	zaken werk vraag vragen antwoord antwoorden probleem problemen fout fouten klacht klachten tip tips punt punten verbeterpunt
	verbeterpunten pluspunt minpunt nadeel voordeel conclusie kortom samengevat overigens trouwens tenslotte allereerst ten
	hopelijk wellicht blijkbaar kennelijk sommigen anderen beide allebei mede dankbaar tevreden ontevreden blij boos gezien
	betere meerdere diverse verschillende nieuwe oude jonge kleine grote korte lange hoge lage dure goedkope vaste
	the a an this that these those it i you he she we they my your his her our their and or but if when while because so then
	there here what who where why how which is are was were be have has had do does did can could will would should may might must
	not no yes never always often sometimes very too also just only more most some any all each every other please thank thanks
	great good nice bad excellent perfect amazing love loved with without for from to in on at by of after before since until
	during about over under again once first last next new old best really always everything everyone nothing someone`)

// surnames that are common in the Netherlands and mean nothing else, for where a
// sentence begins with one.
var surnames = lazySet(`jansen janssen jansens janssens hendriks peters smit smits meijer meyer dijkstra dijk jacobs vermeulen vanderberg schouten
	willems hoekstra koster prins huisman peeters kuipers veenstra kramer postma scholten martens willemsen verhoeven gerritsen bosman
	hermans evers driessen wolters timmermans brouwers cornelissen boersma maas bouwman zijlstra kooistra bosch dirks vink jonker boersma
	hofman hofstra wiersma bouma sanders groen groenewegen hoogendoorn hoogland kuijpers lammers linders nijhuis oosterhuis pieters poot
	reijnders roelofs rietveld scheffer schipper schuurman sijbrandij spaans stam stoffels terpstra tuinstra veldhuizen venema verbeek verhagen
	vermeer verkerk vermaas versteeg visscher vogels wagenaar westra wijnen wouters zandstra zwart huijbregts heijmans heemskerk haverkamp
	goossens gerrits franken faber engels elzinga duijn doornbos diepeveen damen claassen buitenhuis bruins broekhuizen bronkhorst boerema
	blok bijl beukers beekman bakkers baas aarts aalbers adriaansen algra appel arts kok-jansen kroeze kuiper lubbers meijers mertens mulders
	nijland nieuwenhuis okkerse oudshoorn overbeek pol ploeg pronk rademaker ruiter sluis snoek stolk swart teunissen tichelaar uitenbogaard
	veldman vandijk vries vroom walraven weijers wessels winkel yilmaz kaya demir celik sahin ozturk aydin el-khattabi bouali amrani hassan
	singh kumar nguyen tran wang chen li kowalski nowak hernandez garcia silva santos pereira`)

// firstNames that are common in the Netherlands.
var firstNames = lazySet(`jan piet pieter peter paul kees cees cornelis johan johannes hans henk hendrik gerrit gerard gerhard wim willem
	klaas jaap jacob joop jos joost joris jeroen jasper jelle jesse jim job joep joey johnny jordy jurgen jorrit jochem
	erik eric ernst evert fred frederik frits frans frank ferdinand floris geert gert gijs guus guido harm harry herman
	hugo huub ivo jack jacques kevin koen koos lars laurens leo leon lex lodewijk louis luc lucas luuk maarten marc marcel marco marius
	mark martijn martin mathijs matthijs michael michel michiel mike mohamed mohammed mustafa ahmed ali hassan hussein ibrahim yusuf omar
	niek nico niels olaf onno oscar otto patrick pascal philip quinten ralph raymond reinier remco rene richard rick rik rob robbert robert
	robin roel rogier roland rolf ron ronald roy rudolf ruben ruud sander sebastiaan simon sjaak sjoerd stefan stephan steven sven teun
	theo thijs thomas tim timo tjeerd tobias tom ton toon twan vincent walter ward wesley wessel wietse wouter xander daan dirk dennis
	diederik dick douwe eelco edwin egbert emiel ad adriaan adrie albert alex alexander alfred andre anton antoine arend arie
	arjan arjen arno arnold arthur auke bart bas ben benjamin bernard bert boudewijn bram casper chris christiaan coen daniel david
	anna anne annelies annemarie annemieke annet annette annika anita anja anke ans antje astrid aaltje agnes alice amber amira
	angela angelique ankie barbara beatrix bea bianca birgit brigitte britt carla carolien caroline cecilia charlotte chantal christa
	christel christina christine cindy claudia corrie daphne debbie denise diana dorien dorothea edith eefje elisabeth elise ellen els elly
	elske emma emily esmee esther eva evelien fatima femke floortje franca francisca frederique fenna froukje geertje gerda
	greet greetje hanna hannah hanneke hannie heidi helena helene helma henriette hetty hilde ilona ilse ineke inge ingeborg ingrid irene
	iris irma isabel isabelle jacqueline janna janneke jannie janny jantine jeanette jennifer jenny jessica joke jolanda jolande
	josephine josine judith julia juliette karen karin katja kim kimberly kirsten laura lara leonie lia lidia lies liesbeth lieke lisa
	lisanne loes lotte louise lucia lydia maaike madelon mandy manon marga margot margreet margriet maria marian marianne marieke marielle
	marijke marika marina marion marisa marit marja marjan marjolein marleen marlies marloes marta martha martine mary maud mathilde
	melanie melissa merel mia michelle mieke miep miranda miriam mirjam monica monique myrthe nadia nancy natalie natasja nathalie
	nicole nienke nina noor olga patricia paula pauline petra pien pleun rachel rebecca renate renee ria rianne riet rineke rita
	roos roosmarijn rosa rosalie ruth sabine samira sandra sanne sara sarah saskia selma sharon silvia simone sofie sonja sophia sophie
	stefanie susan susanne suzanne sylvia tamara tanja tessa tineke titia toos trudy truus ursula vanessa vera veronique wendy
	wilhelmina wilma willemijn willemien yolanda yvette yvonne zeynep fatma aisha khadija amina emine ayse mehmet murat emre
	john james william george charles mary sophie emma olivia noah liam levi finn luca sem milan bram mees saar julia tess yara
	lynn fleur evi nora jayden luna zoe mila nova olivia adam abel otis boaz ties teun siem hidde pepijn floris jurre tijn stijn stan`)
