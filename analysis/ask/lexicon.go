package ask

// lexicon says which words and phrases mean which concept, in Dutch and English.
// A word that ends in * stands for all that begin so, one that begins with * for all
// that end so; underscores join a phrase, and a tilde two words with others between.
// "stop" are words that mean nothing by themselves.
const lexicon = `
who: wie who whom
which: welke welk which wat what
when: wanneer wnr when
howlong: hoe_lang how_long hoelang langst longest
howmany: hoeveel hoevel how_much how_many aantal
how: hoe how
show: toon laat laten zien geef geven noem show give list lijst lijstje overzicht opsomming alle all every display overview haal open zoek vind find bekijk opzoeken
one: klant relatie relatiegroep client customer debiteur
many: klanten relaties relatiegroepen clienten clients customers groepen groups cliënten bedrijven companies iedereen everyone namen
portfolio: klantenpakket klantpakket book_of_clients client_book client_base klantenkring portefeuille portefeuilles portfolio klantenbestand klantportefeuille bestand klantenlijst klantenportefeuille portefeuilleoverzicht relatiebestand
me: mijn m'n mn mij me ik my mine i mijne ikzelf
we: wij we ons onze us our
know: kaart klantkaart gegevens klantgegevens klantinfo card record profiel profile info informatie information details dossier vertel tell weten weet know about klantbeeld vertellen pull_up look_up opzoeken achtergrond background wie_is_dat ken kennen know_of
stands: ervoor voor_staan doing staat loopt gaat going goes zit_erbij hoe_doet hoe_gaat hoe_doen hoe_ver how_far stand_van_zaken gesteld
revenue: declarat* omzet* gefactureerd* factur* gedeclareerd declareren fee fees honorarium revenue* turnover bill* invoic* verdienen verdiend verdien opbrengst* opgeleverd inkomsten income earn earned gerekend betaalt betaald betalen spend spends spent pays paid jaaromzet besteed* besteden factureer* factureren draait kopen_we omzetcijfers jaaromzet verkocht uitgegeven gespendeerd levert~op leverde~op leverden~op leveren~op lever~op brengt~op bracht~op brachten~op brengen~op oplevert opleverde opbrengt gekocht kocht kochten *omzet omzetontwikkeling sales billing afgerekend binnengekomen paid_us pay_us pay pay_us pay bought in_rekening_gebracht rekening_gebracht draaide draaiden gedraaid omgezet verkochten uitgaven besteedde charged spend_with charge omzetklanten
value: klantwaarde waardescore waarde waard waardevol* score value valuable worth scoort klantscore
segment: *letter *letters ingedeeld ingeschaald geclassificeerd classify classified segment segmenten segmentatie segments klasse categorie class category segmentindeling abc-indeling letter abcd abc
type: klanttype type klantsoort klanttypen types
kindof: wat_voor_soort wat_voor_klant wat_voor_type what_kind what_type soort_klant kind_of_client soort wat_voor_een kind_of sort_of
strategy: aanpak strategie klantstrategie strategy approach
potential: potentieel potentie potential groeipotentieel groeikansen groeikans kansen groeimogelijkheden upside opportunities opportunity groeiruimte groeipotentie share_of_wallet wallet ruimte room_for room_left kans halen_uit meer_halen eruit_halen uit_te_halen te_halen te_verdienen groeien_bij bijverdienen laten_we_liggen laten_liggen onbenutte_kansen leave_on_the_table *kansen *potentieel *potentie rek extra_omzet meer_omzet_halen meer_omzet_behalen extra~behalen extra~halen extra~verdienen kansen_liggen additional_revenue extra_revenue
whitespace: onbenutte onbenut onverkochte whitespace unused cross crosssell* crossselling upsell* untapped bijverkopen diensten_missen missende doen_we_nog_niet kunnen_gebruiken nog_gebruiken could_use nog_verkopen bijverkoop nog_leveren aanvullende extra_diensten niet_bij_ons sell_to voorstellen propose
services: dienst diensten service services product producten products dienstverlening
lacks: mist missen ontbreek* lacks lack lacking missing afneemt afnemen afgenomen koopt kopen buy buying buys neemt aanbieden aanbied verkopen verkoop sell offer neemt~af nemen~af nam~af afneem*
else: nog meer anders else more extra ook also
lifetime: lifetime clv ltv cltv levenslang* levensduur levensduurwaarde levenswaarde langetermijnwaarde toekomstige_waarde hele_relatie whole_relationship over_de_jaren toekomstwaarde looptijd hoe_lang_blijft hoelang_blijft komende_jaren coming_years next_years totale_waarde lange_termijn long_term klantrelatie verwachte~opbrengst verwachte_opbrengst verwachte_waarde expected_value verwachten_we expected~relationship toekomstige totale_klantwaarde lifetimevalue
contacts: contactpersoon contactpersonen contact_person contact_persons contact_people contactpersons aanspreekpunt aanspreekpersoon contactgegevens telefoonnummer* telefoon telnr tel mailadres* emailadres* email_address e_mail_adres e_mailadres mail_adres email phone_number phone_nummer number nummer contact_details bereik bereiken reach contactinfo contacts eigenaar owner owners directeur bellijst_van t_nummer nr_van nummer_van moet_ik_zijn moet_ik_hebben te_woord
touch: contact contactmoment* contacten touch touches touchpoint*
moments: contactmoment* contactmomenten moments momenten visits calls belletje belletjes telefoontje telefoontjes bezoekje bezoekjes
spoke: benaderd gesproken gebeld bezocht gezien gemaild contact_gehad gesprek_gehad geweest langsgeweest langs_geweest sprak spraken spreken_we belde bezochten zag zagen mailde spoken spoke talked called visited seen emailed mailed phoned contacted been_in_touch gehoord heard gecontacteerd afspraak_gehad gecontact langs_bij
spoken_to: spreken bellen bezoeken mailen contacteren benaderen opbellen call phone ring visit speak contacting bel spreek bezoek see benader contact_opnemen talk gebeld_worden
neg: niet geen nooit zonder zero not no haven't havent never without didn't didnt hasn't hasnt niks dont don't doesn't doesnt isn't isnt nobody niemand none niets nothing zonder_enig
last: laatst laatste last latest recentste meest_recente most_recent onlangs recent recently
ago: geleden ago
next: volgende volgend eerstvolgende next eerstvolgend opnieuw again weer binnenkort soon upcoming aankomende aankomend
must: moet moeten dien should must need has_to have_to hoor moest zal staan staat
due: beurt due gepland ingepland planned afspraak appointment scheduled aan_de_beurt planning agenda ingeroosterd
attention: signalen signaal signals seintjes *digest beltijd aandacht attention weekoverzicht weeklijst bellijst call_list prioriteit prioriteiten priorities weekbericht digest aandachtrapport aandachtsrapport aandachtslijst aandachtlijst aandachtpunten prio bellijstje bel_lijst to_call *aandacht aandachtsplan aandachtplan aandachtslijst *bellijst belprogramma weekprogramma belprogrammas aandachtsklanten
todo: te_doen todo to_do op_het_programma nog_doen
overdue: overschreden achterstallig* te_laat over_tijd overtijd achterstand* achterloop* achter overdue late behind verlopen over_datum had_moeten had_ik hadden_moeten should_have gemist missed nog_niet_gedaan had~moeten hadden~moeten had~horen te_lang allang_moeten ben~achter zijn~achter lopen~achter loop~achter loopt~achter over_hun_termijn over_de_termijn termijn_heen over_tijd_heen voorbij_de_termijn achterstanden
planned: gepland planned plan target doelstelling aandachtsplan
done: gedaan uitgevoerd done gehaald gerealiseerd realised realized behaald afgerond gevoerd geplande uitgevoerde gehaald halen haalden haal
coverage: haalbaar haalbaarheid feasible capaciteit capacity dekking coverage dekkingsgraad on_track op_schema contactplan contact_plan halen_we op_koers koers on_schedule
report: rapport rapportage report reporting verslag cijfers resultaat resultaten uitkomst uitkomsten results outcome outcomes uitslag uitslagen bevindingen findings aandachtrapport aandachtsrapport *rapport *rapportage rapporteer
survey: onderzoek onderzoeken klantonderzoek enquete enquetes klantenquete meting metingen survey surveys vragenlijst tevredenheidsonderzoek klanttevredenheidsonderzoek waarderingsonderzoek klantenonderzoek medewerkersonderzoek medewerkeronderzoek medewerkerstevredenheidsonderzoek prospectonderzoek klantfeedback enquetes_resultaten nps-onderzoek peiling *onderzoek *enquete *enqueteresultaten vragenlijsten respons response responses responspercentage enquetereactie* onderzoeksreactie* *enquetereactie
rating: rated marks klantwaardering waardering waarderen waardeert tevreden* tevredenheid klanttevredenheid beoordeling beoordeelt beoordelen cijfer rapportcijfer satisfied satisfaction rating rates rate happy blij feedback ingevuld gelukkig unhappy ontevreden content tevredenheidsscore klantscore
opinion: vindt vinden vond vonden denkt denken zegt zeggen zei zeiden think thinks say says said mening meningen opinie oordeel opinion reacties opmerkingen comments antwoord antwoorden answered answers vind vraagt
score_on: scores scored prestatie prestaties performance presteren scoren score scoort
nps: nps net_promoter promoterscore promotor_score promotorscore aanbevelingsscore
gap: belang_en_prestatie belang_tegenover_prestatie importance_and_performance importance_versus_performance importance_vs_performance importance-performance belang/prestatie prestatiekloof schiet~tekort schieten~tekort fall_short fall~short underperform* perceptieverschil* perceptiekloof perception_gap perception perceptie overschat overschatten overestimate onderschat onderschatten underestimate zelfbeeld in_beeld beeld_van_onszelf zelfbeeld zelf_denken onderschatten_we overschatten_we onszelf ourselves stellen~teleur stelt~teleur teleurstellen
difference: wijkt~af wijken~af week~af verschil verschillen difference differences verschilt kloof gap afwijk*
ambassador: ambassadeur* ambassador* promoter promoters promotor promotors promotoren fans fan recommend* aanbevelen aanbeveelt aanraden aanraadt aanbeveling bevelen_ons_aan beveelt_ons_aan raden_ons_aan raadt_ons_aan aanbevelers promotie referenties beveelt~aan bevelen~aan raden~aan raadt~aan referentie reference references introduceren introduce
winback: weggegaan terugwin* terug_win* winback win_back win_them_back terughalen teruggewonnen terug_te_winnen terugkrijgen terug_te_halen terug_halen win_backs terug_krijgen terugwinnen terug_kunnen_halen kunnen_halen terughaal* heroveren get_back te_winnen opnieuw_winnen weer_willen terug_willen willen~terug wil~terug willen~terugkomen terugkomen
back: terug terugkomen terugkeren terugkeer back return returning
neglected: verwaarloosd verwaarlozen neglected laten_liggen stille stil silent quiet uit_het_oog neglecting
would: zouden_onze zouden_klanten would_our would_clients
summary: samenvatting samenvatten samengevat summary summarize overzicht_van overview_of overview overzicht samenvattend recap kerncijfers kencijfers kengetallen omvang key_figures overzichtje portefeuilleoverzicht
most: meeste most
important: belang importance belangrijk belangrijke important belangrijkheid relevant vital
subject: thema* theme* onderwerp* topic topics subject subjects
otherwise: anders differently hetzelfde gelijk_als same_as
goingto: ik_ga naar_toe ik_moet_naar going_to i'm_visiting on_my_way onderweg
leads: lead leads warme_leads hot_leads warme_prospects interessante_prospects klanten_in_spe potentiele_klanten mogelijke_klanten nieuwe_klanten_worden
wantcontact: contact_willen willen_contact wil_contact contact_wil want_contact want_to_be_contacted contact_gevraagd gevraagd_om_contact om_contact asked_for_contact asked_to_be_contacted contact_aangevraagd gebeld_worden teruggebeld_worden want_us_to_call interesse interested belangstelling geinteresseerd interest want_to_talk wil_met_ons willen_met_ons wil_praten willen_praten praten willen_worden gebeld_willen contact_opnemen_met_ons
actions: actie acties actiepunten actiepunt action actions action_items taken taak todo's todos tasks actielijst openstaand* afspraken_nakomen to_dos afgesproken agreed beloofd promised toegezegd toezegging toezeggingen afspraken_lopen actielijst actiepuntenlijst afspraken afspraak_gemaakt *acties *actie actiepunten agreements promise promises op_mijn_naam op_mijn_bordje
open: openstaand* open outstanding lopende lopen running
prepare: voorbereid* bereid prep prepare prepared preparation brief briefing gespreksvoorbereiding preparing goede_vragen good_questions aan_tafel waar_moet_ik_op_letten sit_down_with bereid~voor praat~bij bijpraten bijgepraat briefje brief_me talking_points
meeting: gesprek gesprekken afspraak bespreking jaargesprek bezoek meeting appointment overleg adviesgesprek conversation
changes: veranderd veranderingen verandering gewijzigd wijzigingen nieuw nieuws changed changes change new news gebeurd happened ontwikkelingen developments speelt speelde nieuws heb_ik_gemist did_i_miss ik_heb_gemist bijgewerkt update updates
sincelast: sinds_ons_laatste sinds_het_laatste sinds_vorige sinds_mijn_laatste sinds_de_laatste since_our_last since_my_last since_the_last since_last sinds_laatste
manager: relatiemanager relatiebeheerder rm accountmanager klantmanager relationship_manager account_manager beheerder manager vennoot partner verantwoordelijk verantwoordelijke responsible manages handles beheert behandelaar looks_after contactpersoon_bij_ons in_charge beheert van_wie wie_doet whose wiens bij_wie valt_onder onder_wie toegewezen assigned aanspreekpunt_bij_ons verantwoordelijke_bij_ons belongs_to beheer van_ons_doet wie_van_ons who_of_us wie_is_de_rm valt~onder vallen~onder begeleidt begeleiden in_portefeuille relatiebeheer klantverantwoordelijke hoede onder_zijn_hoede onder_haar_hoede ownership manage managed onderhoudt onderhouden bedient bedienen takes_care
peers: vergelijkbare vergelijkbaar soortgelijke peers similar comparable branchegenoten lijken lijkt gelijksoortige peer sectorgenoten benchmark zoals
compare: vergelijk vergelijken vergeleken vergelijking vergelijkt compare compared comparison versus vs tegenover naast ten_opzichte_van t.o.v. tov verhoudt verhouden verhouding *vergelijking benchmark
top: grootste beste belangrijkste top biggest largest best topklanten hoogste meest most waardevolste important highest toppers voornaamste topklant leveren_het_meest
growth: nemen~toe toenemen gegroeid groei groeien groeit groeiers groeiende stijgers gestegen stijging toegenomen toename grew grown growing growth growers increased risers rise stijgen stijgende hardst_gegroeid groeier winnaars grow grows groeide groeiden stijgt stijg rising doorgroeien beter better gained meer_omzet more_revenue more_than meer_dan neemt~toe nam~toe gaat~omhoog going_up go_up went_up omhoog_gegaan stijgingen stegen
decline: shrank omzetdaling* gedaald daling dalers dalende dalen krimp* gekrompen teruggelopen afgenomen_omzet achteruitgegaan achteruit gezakt teruggang verloren minder decline* declining dropped shrink* shrunk decreased less fallen fell falling drop terugloop teruglopende verlies kelder* ingezakt lopen_terug loopt_terug terug_gelopen kleiner daalt daalde zakt zakte shrinks declines afgehaakt terugloopt slechter worse verliezen verlies_van minder_omzet less_revenue kwijt kwijtraken losing lose loses verliezen afbouwen afbrokkel* loopt~terug lopen~terug liep~terug gaat~achteruit daling dalingen haakt~af haken~af drops drop_in going_down went_down gaat~omlaag neemt_de_omzet_af omzet_af lost_revenue lost less_revenue minder_omzet afneemt kleinere daalden zakten steeds_minder minder_op
pyramid: piramide klantenpiramide klantpiramide pyramid pareto omzetpiramide pyramide
layerword: laag lagen layer layers niveau toplaag
moved: doorgeschoven doorgegroeid teruggevallen afgezakt opgeschoven afgegleden terechtgekomen beland migratie migration verschuiv* verschoven moved shifted shift gestegen gezakt opgeschoven overgegaan verplaatst gewisseld doorgestroomd movements movement opgeklommen verschuiving gedaald gevallen groot_naar_midden midden_naar_groot midden_naar_klein klein_naar_midden groot_naar_top top_naar_groot klein_naar_groot groot_naar_klein opgeklommen gepromoveerd gedegradeerd promoted demoted veranderd_van_laag omhoog omlaag opgegaan movers mover slide slid slides slipped slip schuivers
border: grens grensgeval* rand randgeval* border borderline bijna almost edge nearly close_to tegen_de_grens drempel threshold net_niet net_wel twijfelgevallen twijfelgeval dreig* dreigt_te kantje randje op_het_randje op_de_wip about_to_become bijna_een net_geen net_onder net_boven just_below just_above onder_segment onder_a boven_segment vlak_onder vlak_boven vlakbij dicht_bij just_under on_the_edge net_naar zo_naar dreigen~zakken dreigt~zakken schuurt~aan schuren~aan tegen~aan
phoned: aan_de_telefoon telefoon_gehad aan_de_lijn on_the_phone
log: leg noteer noteren vastleggen vast registreer log record_a registreren schrijf_op logboek logbook log_book melden meld doorgeven invoeren opslaan schrijf zet_in record loggen log_een noteren boek_in toevoegen voeg~toe
order: maak~klant maak~segment make~client zet~in_segment verander wijzig wijzigen aanpassen pas~aan delete verwijder verwijderen wis wissen change update_the hernoem rename stuur~mail stuur~factuur mail~factuur stuur send bestel order boek book cancel annuleer
just: net zojuist zonet daarnet just vanmiddag vanochtend vanmorgen gister this_morning gesproken_met bij_geweest afgerond
session: sessie sessies session sessions klantsessie teamsessie workshop discussie discussion *sessie *sessies
start: start starten begin beginnen plan_een organiseer opzetten kick aanmaken maak open_een nieuwe_sessie new_session houden opstarten begin_een openen zullen_we houden opzet plannen inplannen kickoff doen_met run klaarzetten zet~klaar zet_klaar uitwerken uitvoeren opzetten samen_een organize set_up set~up zet~op zetten~op ga_we_doen
ready: klaar ready status ingeleverd voortgang progress finished gestemd fase phase
finish: afgerond
help: help hulp wat_kun_je wat_kan_je wat_kan_jij wat_kun_jij wat_kan_ik what_can_you what_can_i hoe_werk* how_do_you_work how_does_this uitleg commando's commandos mogelijkheden handleiding what_do_you_do wat_doe_je help_me_op_weg functies wat_zijn_je hoe_werkt_dit hoe_werkt hoe_werkt_het how_does_it helpen mee_helpen snap_het_niet begrijp_het_niet wat_kan_deze_bot wat_kan_de_bot deze_bot the_bot this_bot commands opties waar_kan_ik_je waarvoor_kan_ik wat_heb_ik_aan_je gebruiken_voor je_voor_gebruiken
understood: begrepen understood
`

// stopwords mean nothing by themselves: articles, helpers, courtesies.
const stopwords = `de het een der des the a an en and of or is zijn was waren are be been were ben bent wordt worden werd
heb hebt heeft hebben had hadden have has having do does did doe doen doet deed
van voor bij met naar aan in op uit over tot door om te onder tegen binnen rond wegens from for with at to on by off in into about out
er daar hier there here dat die dit deze that this these those it ze zij hij hem haar hun hen they them their he she him her his its
je jij jou jouw u uw you your kun kan kunt kunnen kon can could wil wilt willen wilde want would will zou zouden zal zullen mag mogen may might
eens even ff effe effen graag please pls plz svb alsjeblieft aub alstublieft alsjblft bedankt thanks thx dank hoi hallo hey hi hello goedemorgen goedemiddag goedenavond
toen namelijk omdat terwijl zodat hoewel totdat voordat nadat aangezien doordat indien gij ge ulle amai voilà zo'n zulke worst slechtst slechtste laagst laagste toch iets alles verdeeld verdeling opbouw samenstelling procent percent percentage alweer allang stond stonden gekregen gehad gezeten zat zaten valt vallen beeld team vrij iedereen mensen people tomorrow morgen straks zometeen mij wij zeg jullie hebben gelijk snel quick quickly fast zie binnen helemaal echt really nou vooral vast everything hoort horen daarbij erbij hierbij iemand af zich elkaar dingen ding things thing zet zetten something anything someone somebody anyone loop loopt kwam kwamen came come hoog hoge high dan als waar where tussen between if then zo so maar but ook wel nou nu now eigenlijk precies exactly nog still yet al already weer again sinds since tijdens during
per ieder iedere elk elke each every any some sommige enkele paar welke zelf self momenteel currently op_dit_moment op_een_rij op_een_rijtje right
mogelijk s hoor hé he oke ok okay bot klantbot want's that's what's who's i'm i've i'd we've we're let let's lets there's it's
gaan ga go get got krijg krijgen kreeg gekregen hoeft hoef houd houden vraag vragen question wou nodig eerst first weet zitten zit komen komt kom lang langer longer
totaal total gemiddeld gemiddelde average allemaal samen together kantoor office bureau firm zaak kort korte short beetje bit ongeveer approximately qua regarding betreffende m.b.t. mbt vanuit
verder further namelijk gewoon just's bv. bijv. bijvoorbeeld example e.g. i.p.v. alleen only enkel vooral ons's hele whole ever ooit sowieso ruim minstens least meer dan than more same zelfde
goed slecht oud duur prijs gemaakt maken maakt doen made goede goeie misschien wellicht vriendelijk vriendelijke kindly maybe perhaps asap enzo enz etc etcetera sorry stoor benieuwd vroeg vraag afvragen wonder wondering nagaan na checken check opzoeken uitzoeken aub svp mvg gr groet groetjes lol haha joh man jongens guys team dear wist volgens jij kalender vaste vast eigen onderling alvast snelle bezig dringend spoed asap overigens trouwens ofzo lieve oh ah hm hmm uh eh nah yo hee heey moin yes no_problem gr.
gemaakt made lijkt seem seems ziet look looks looking zag zien uitziet eruit
jaar year kwartaal quarter maand month week dag tijd time keer times moment`
