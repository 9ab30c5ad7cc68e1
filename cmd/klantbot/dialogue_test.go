package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"klantbot/bot/workspace"
	"klantbot/prompts/openai/openaitest"
)

// The dialogues are played through the local workspace on both engines, and over both
// transports: Socket Mode with SQLite, HTTP with PostgreSQL. A line
// of a script is one of:
//
//	U01 #kantoor> /klant Jansen      types a command, or says something (also to @klantbot)
//	U01 #kantoor press Bekijk [nr N] presses the (Nth) button with that label
//	U01 #kantoor press Bekijk below TEXT  presses the first after what says TEXT; so does pick
//	U01 #kantoor old N press Bekijk  presses it in the Nth newest message
//	together LINE & LINE             presses these at the same moment
//	U01 #kantoor finds Stem [nr N]   presses it in the (Nth) newest message in the channel that has it
//	U01 #kantoor hears TEXT          waits until some message says TEXT
//	U01 #kantoor nowhere TEXT        waits until no message says TEXT
//	U01 #kantoor sees TEXT           waits until the app's newest message, or its newest to U01 alone, says TEXT
//	U01 #kantoor sees no TEXT        the app's newest message does not say TEXT
//	U01 #kantoor once TEXT           exactly one message says TEXT
//	U01 #kantoor silence             no message of the app is visible
//	U01 #kantoor nth N TEXT          the Nth newest message of the app says TEXT
//	U01 #kantoor reply TEXT          answers in the thread that the newest message a person wrote stands in (also to @klantbot)
//	U01 dm talks [#kantoor]          opens the DM with the bot beside a channel: what is told next begins a talk
//	U01 dm tells TEXT                says something in it
//	U01 dm moves #kantoor            looks at another channel beside it
//	U01 dm offered TEXT              waits until the bot suggests to ask TEXT there
//	U01 dm titled TEXT               waits until that talk is called TEXT
//	U01 dm shown processing          waits until Slack shows that an answer is being made in it
//	U01 dm halts                     presses the button that Slack then shows
//	U01 dm drops FILE [as NAME]      sends a file of the script itself or of testdata/drops, or one of
//	                                 the sample office's surveys (wave1, wave2), and waits for an answer
//	U01 dm sends FILE [as NAME]      the same without waiting
//	U01 #kantoor at TEXT: press Bekijk   presses a button of the newest message of the app that says TEXT
//	U01 #kantoor at TEXT: sees MORE  waits until that message says MORE
//	U01 #kantoor menu ID             uses the menu of the newest message that a person wrote
//	U01 home                         opens the Home tab
//	U01 home sees TEXT               waits until the Home tab says TEXT
//	U01 home sees no TEXT            the Home tab does not say TEXT
//	U01 home press Bekijk [nr N]     presses a button of it
//	U01 shortcut ID                  starts a global shortcut
//	U01 modal sees TEXT              waits until the topmost modal says TEXT
//	U01 modal press Bekijk [nr N]    presses a button of it
//	U01 modal submit A=x | B=y       fills in what is labelled A and B and submits
//	U01 modal submit A=x & y         chooses several where A takes them
//	U01 modal submit A=x\ny          types two lines
//	U01 modal submit A=x ! TEXT      the same, and a field is refused saying TEXT
//	U01 modal suggest ID WORDS = A | B   the list offers these for WORDS
//	U01 modal choose ID WORDS        types WORDS in the list and takes its first option
//	U01 #kantoor choose ID WORDS     the same in the newest message
//	U01 #kantoor pick A=B [nr N]     chooses B in the (Nth) list that asks A
//	jump 2026-11-23T08:30            the workspace's clock is moved to then, in Amsterdam
//	restart                          stops the bot and starts it again
//	share #kantoor                   the channel becomes shared with outsiders
//	unshare #kantoor                 it is the office's own again
//	fault drop|fail|limit METHOD     Slack does and does not say so, fails, or has Retry-After; of one method
//	calm                             nothing goes wrong any more
//	archive #kantoor                 the channel is archived
//	reopen #kantoor                  and not any more
//	model uses TOOL JSON             what it does first where it is given tools
//	model honest|lies|hangs|down     how the language model of dialogues named taalmodel behaves
//	became U03 guest|English|gone    somebody's account or language changes
//	became U03 closed                they closed their messages with the bot
//	became U03 in America/New_York   they are somewhere else
//	became U03 themselves            they are as they were
//	moved 0136 MAIL NAME             an import gives client 0136 another manager
//	wrote U02 TEXT                   U02 writes a card in the newest session
//	agreed U03 2026-12-04 TEXT       the newest session agrees that U03 does TEXT before then
//	down, up                         the bot stops; it starts
//	settled                          waits until nothing is left to deliver
//	retired                          an import takes the client away
//
// TEXT is looked for in the message's text and blocks, as people read them.
func TestDialogues(t *testing.T) {
	scripts, err := filepath.Glob("dialogues/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no dialogues: %v", err)
	}
	engines := []struct {
		name  string
		open  func(testing.TB) string
		raise func(testing.TB, string, ...func(*workspace.Config)) *stage
	}{{"sqlite", sampleDB, newStage}, {"postgres", samplePostgres, newWebStage}}
	used := newUsed()
	t.Cleanup(func() { used.check(t, len(scripts)) }) // after the parallel ones
	for _, path := range scripts {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, engine := range engines {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+engine.name, func(t *testing.T) {
				t.Parallel()
				st := engine.raise(t, engine.open(t), withCorners, func(c *workspace.Config) {
					if strings.Contains(path, "storing") {
						c.Now = time.Now // what Slack did not confirm is looked for by wall time
					}
				})
				if strings.Contains(path, "storing") {
					st.tempo.letter = 4 * time.Second // an answer that is lost is looked for when this is over
				}
				if strings.Contains(path, "taalmodel") {
					st.liar = openaitest.New(t, nil, 1)
					st.liar.Hang = 2 * patience
					st.patient = strings.Contains(path, "vraag_") // it is stopped before it answers, however slow the machine
				}
				defer func() { used.add(path, st.slack.Used()) }()
				st.start()
				for _, f := range archive.Files {
					if filepath.Ext(f.Name) != "" { // to be dropped
						st.files[f.Name] = f.Data
					}
				}
				for _, f := range archive.Files {
					if filepath.Ext(f.Name) == "" {
						play(st, f.Name, string(f.Data))
					}
				}
				for _, refused := range st.slack.Refusals() {
					t.Errorf("slack refused something: %+v", refused)
				}
				neverLogged(t, st)
			})
		}
	}
}

// neverLogged fails when the bot's log holds what it must never hold.
func neverLogged(t *testing.T, st *stage) {
	t.Helper()
	log := st.log.String()
	for _, secret := range []string{"Jansen", "xoxb-", "xapp-", "€"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

func play(st *stage, name, script string) {
	st.t.Helper()
	for i, line := range strings.Split(script, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		if err := st.line(line); err != nil {
			st.t.Fatalf("%s:%d: %s\n%v\nlog of the bot:\n%s", name, i+1, line, err, st.log)
		}
	}
}

// line plays one line of a script, and waits for what it asks of the bot to be
// answered.
func (st *stage) line(line string) error {
	if err := st.plays(line); err != nil || strings.Contains(line, " sends ") {
		return err
	}
	return st.answered()
}

func (st *stage) plays(line string) error {
	if line == "restart" {
		st.stop()
		st.start()
		return nil
	}
	who, rest, _ := strings.Cut(line, " ")
	if happen, ok := happenings[who]; ok {
		return happen(st, strings.Fields(rest))
	}
	if id, ok := strings.CutPrefix(rest, "shortcut "); ok {
		return st.slack.Shortcut(who, id, workspace.Place{})
	}
	if words, ok := strings.CutPrefix(rest, "modal "); ok {
		return st.inModal(who, words)
	}
	if words, ok := strings.CutPrefix(rest, "home"); ok {
		return st.atHome(who, strings.TrimSpace(words))
	}
	if place, said, ok := strings.Cut(rest, "> "); ok && !strings.Contains(place, " ") {
		return st.says(who, st.channel(who, place), said)
	}
	place, words, _ := strings.Cut(rest, " ")
	return st.inChannel(who, st.channel(who, place), words)
}

func (st *stage) says(who, channel, said string) error {
	if strings.HasPrefix(said, "/") {
		command, text, _ := strings.Cut(said, " ")
		before, open := st.newest(who, channel, 1).TS, st.window(who)
		if err := st.slack.Command(who, channel, command, text); err != nil {
			return err
		}
		// Every command is answered, with a message or a window; what follows is
		// about that answer.
		st.await("an answer to "+said, func() bool { return st.newest(who, channel, 1).TS != before || st.window(who) != open })
		return nil
	}
	_, err := st.slack.Say(who, channel, strings.ReplaceAll(said, "@klantbot", "<@"+botUser+">"), "")
	return err
}

func (st *stage) inChannel(who, channel, words string) error {
	verb, text, _ := strings.Cut(words, " ")
	switch verb {
	case "press":
		return st.press(who, channel, text)
	case "old":
		return st.old(who, channel, text)
	case "at":
		return st.at(who, channel, text)
	case "finds":
		return st.finds(who, channel, text)
	case "hears", "nowhere":
		st.await(fmt.Sprintf("what %s reads: %s %q", who, verb, text), func() bool {
			said := slices.ContainsFunc(st.slack.Messages(channel, who), func(m workspace.Message) bool { return strings.Contains(readable(m), text) })
			return said == (verb == "hears")
		})
		return nil
	case "drops":
		return st.drops(who, channel, text, true)
	case "sends":
		return st.drops(who, channel, text, false)
	case "menu":
		return st.slack.Shortcut(who, text, workspace.On(channel, st.written(who, channel)))
	case "reply":
		_, err := st.slack.Say(who, channel, strings.ReplaceAll(text, "@klantbot", "<@"+botUser+">"), st.threadOf(who, channel))
		return err
	case "talks", "tells", "moves", "offered", "titled", "shown", "halts":
		return st.talk(who, channel, verb, text)
	case "pick":
		return st.pick(who, channel, text)
	case "choose":
		return st.choose(who, workspace.On(channel, st.newest(who, channel, 1).TS), text)
	case "sees":
		if text, ok := strings.CutPrefix(text, "no "); ok {
			if err := st.quiet(); err != nil {
				return err
			}
			if seen := readable(st.newest(who, channel, 1)); strings.Contains(seen, text) {
				return fmt.Errorf("it says so:\n%s", seen)
			}
			return nil
		}
		return st.sees(who, channel, 1, text)
	case "nth":
		n, text, _ := strings.Cut(text, " ")
		nth, err := strconv.Atoi(n)
		if err != nil {
			return err
		}
		return st.sees(who, channel, nth, text)
	case "once":
		if err := st.quiet(); err != nil {
			return err
		}
		n := 0
		for _, m := range st.slack.Messages(channel, who) {
			if strings.Contains(readable(m), text) {
				n++
			}
		}
		if n != 1 {
			return fmt.Errorf("it stands there %d times", n)
		}
		return nil
	case "silence":
		if err := st.quiet(); err != nil {
			return err
		}
		if m := st.newest(who, channel, 1); m.TS != "" {
			return fmt.Errorf("somebody spoke:\n%s", readable(m))
		}
		return nil
	}
	return fmt.Errorf("no such line")
}

// talk plays a talk with the bot: the newest that who began, or what stands in none.
func (st *stage) talk(who, channel, verb, text string) error {
	ts, opened := st.talks[who]
	switch verb {
	case "talks":
		beside := ""
		if text != "" {
			beside = st.channel(who, text)
		}
		st.talks[who] = ""
		_, err := st.slack.OpenTalk(who, beside)
		return err
	case "tells":
		said, err := st.slack.Say(who, channel, text, ts)
		if opened && ts == "" {
			st.talks[who] = said
		}
		return err
	case "moves":
		return st.slack.MoveTalk(who, st.channel(who, text))
	case "halts":
		return st.slack.StopTalk(who, channel, ts)
	case "offered":
		st.await(fmt.Sprintf("%s to be offered %q", who, text), func() bool {
			return slices.ContainsFunc(st.slack.Offered(channel), func(s string) bool { return strings.Contains(s, text) })
		})
	case "titled":
		st.await(fmt.Sprintf("the talk of %s to be called %q", who, text), func() bool {
			_, title := st.slack.Session(channel, ts)
			return strings.Contains(title, text)
		})
	case "shown":
		st.await(fmt.Sprintf("the talk of %s to be shown as %s", who, text), func() bool {
			status, _ := st.slack.Session(channel, ts)
			return status == text
		})
	}
	return nil
}

// at does something with the newest message of the app that says something.
func (st *stage) at(who, channel, words string) error {
	named, rest, _ := strings.Cut(words, ": ")
	verb, text, _ := strings.Cut(rest, " ")
	var m workspace.Message
	find := func() bool {
		for n := 1; ; n++ {
			if m = st.newest(who, channel, n); m.TS == "" || strings.Contains(readable(m), named) {
				return m.TS != ""
			}
		}
	}
	st.await(fmt.Sprintf("a message for %s that says %q", who, named), find)
	switch verb {
	case "press":
		return st.insists(func() error {
			find()
			return st.pressIn(who, workspace.On(channel, m.TS), m.Blocks, text)
		})
	case "sees":
		st.await(fmt.Sprintf("%s to read %q at %q:\n%s", who, text, named, readable(m)), func() bool { return find() && strings.Contains(readable(m), text) })
		return nil
	}
	return fmt.Errorf("no such line")
}

func (st *stage) sees(who, channel string, nth int, text string) error {
	st.t.Helper()
	found := func() bool {
		if strings.Contains(readable(st.newest(who, channel, nth)), text) {
			return true
		}
		return nth == 1 && strings.Contains(readable(st.told(who, channel)), text)
	}
	defer func() {
		if !found() {
			st.t.Logf("the newest message is:\n%s", readable(st.newest(who, channel, nth)))
		}
	}()
	st.await(fmt.Sprintf("%s to read %q", who, text), found)
	return nil
}

// window names the topmost modal that who sees; "" for none.
func (st *stage) window(who string) string {
	modals := st.slack.Modals(who)
	if len(modals) == 0 {
		return ""
	}
	return modals[len(modals)-1].ID
}

// newest is the nth newest message of the app that who sees in channel.
func (st *stage) newest(who, channel string, nth int) workspace.Message {
	all := st.slack.Messages(channel, who)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].User == botUser || all[i].BotID != "" {
			if nth--; nth == 0 {
				return all[i]
			}
		}
	}
	return workspace.Message{}
}

// told is the newest message of the app in channel that who alone sees. What they
// are answered and what the channel hears of it come in either order.
func (st *stage) told(who, channel string) workspace.Message {
	for _, m := range slices.Backward(st.slack.Messages(channel, who)) {
		if m.Ephemeral {
			return m
		}
	}
	return workspace.Message{}
}

// press presses a button of the newest message, or of what they were told last, by its
// label; "Bekijk nr 2" is the second of that label.
func (st *stage) press(who, channel, label string) error {
	return st.insists(func() error {
		m := st.newest(who, channel, 1)
		err := st.pressIn(who, workspace.On(channel, m.TS), m.Blocks, label)
		if own := st.told(who, channel); isAbsent(err) && own.TS != m.TS {
			return st.pressIn(who, workspace.On(channel, own.TS), own.Blocks, label)
		}
		return err
	})
}

// finds presses a button of the newest message that everybody reads and that has one
// with that label; "Vul aan nr 2" is the second such message, from the newest on.
func (st *stage) finds(who, channel, label string) error {
	n := 1
	if head, tail, ok := strings.Cut(label, " nr "); ok {
		count, err := strconv.Atoi(tail)
		if err != nil {
			return err
		}
		label, n = head, count
	}
	return st.insists(func() error {
		left := n
		for _, m := range slices.Backward(st.slack.Messages(channel, who)) {
			has := slices.ContainsFunc(buttons(m.Blocks), func(b pressable) bool { return b.label == label })
			if has && !m.Ephemeral {
				if left--; left == 0 {
					return st.pressIn(who, workspace.On(channel, m.TS), m.Blocks, label)
				}
			}
		}
		return absent(fmt.Sprintf("%s finds no %q", who, label))
	})
}

// pick chooses an option of a list in the newest message: "Later=Over 2 weken nr 2"
// is the second list that asks Later.
func (st *stage) pick(who, channel, text string) error {
	n := 1
	if head, tail, ok := strings.Cut(text, " nr "); ok {
		count, err := strconv.Atoi(tail)
		if err != nil {
			return err
		}
		text, n = head, count
	}
	return st.insists(func() error { return st.pickIn(who, channel, st.newest(who, channel, 1), text, n) })
}

// pickIn chooses in the nth list of m that asks what text says.
func (st *stage) pickIn(who, channel string, m workspace.Message, text string, n int) error {
	left, text, err := below(m.Blocks, text)
	if err != nil {
		return err
	}
	asks, option, _ := strings.Cut(text, "=")
	var blocks []struct {
		ID       string `json:"block_id"`
		Elements []struct {
			Action      string               `json:"action_id"`
			Placeholder workspace.TextObject `json:"placeholder"`
			Options     []workspace.Option   `json:"options"`
		} `json:"elements"`
	}
	if err := json.Unmarshal(left, &blocks); err != nil {
		return err
	}
	for _, b := range blocks {
		for _, e := range b.Elements {
			if e.Placeholder.Text != asks {
				continue
			}
			if n--; n > 0 {
				continue
			}
			for _, o := range e.Options {
				if o.Text.Text == option {
					return st.slack.Choose(who, workspace.On(channel, m.TS), b.ID+"/"+e.Action, o.Value)
				}
			}
		}
	}
	return absent(fmt.Sprintf("no option %q", text))
}

// pressIn presses a button of blocks by its label.
func (st *stage) pressIn(who string, at workspace.Place, blocks json.RawMessage, label string) error {
	blocks, label, err := below(blocks, label)
	if err != nil {
		return err
	}
	n := 1
	if head, tail, ok := strings.Cut(label, " nr "); ok {
		count, err := strconv.Atoi(tail)
		if err != nil {
			return err
		}
		label, n = head, count
	}
	for _, b := range buttons(blocks) {
		if b.label == label {
			if n--; n == 0 && b.feedback {
				return st.slack.Choose(who, at, b.block+"/"+b.action, b.label)
			} else if n == 0 && st.gathering != nil {
				*st.gathering = append(*st.gathering, workspace.Pressing{User: who, At: at, Name: b.block + "/" + b.action})
				return nil
			} else if n == 0 {
				return st.slack.Press(who, at, b.block+"/"+b.action)
			}
		}
	}
	return absent(fmt.Sprintf("no button %q in:\n%s", label, texts(blocks)))
}

// submit fills in the topmost modal and submits it. Where refusal is given, a
// field has to be refused saying so.
func (st *stage) submit(who, text string) error {
	text, refusal, refused := strings.Cut(text, " ! ")
	values := map[string]any{}
	for _, part := range strings.Split(text, " | ") {
		if label, value, ok := strings.Cut(part, "="); ok {
			value = strings.ReplaceAll(value, `\n`, "\n")
			values[label] = value
			if several := strings.Split(value, " & "); len(several) > 1 {
				values[label] = several
			}
		}
	}
	err := st.insists(func() error { return st.slack.Submit(who, "", values) })
	var fields workspace.FieldErrors
	if !refused || !errors.As(err, &fields) {
		return err
	}
	for _, said := range fields {
		if strings.Contains(said, refusal) {
			return nil
		}
	}
	return fmt.Errorf("the fields say %v", map[string]string(fields))
}

func (st *stage) inModal(who, words string) error {
	verb, text, _ := strings.Cut(words, " ")
	switch verb {
	case "sees":
		st.await(fmt.Sprintf("%s to read %q in a modal", who, text), func() bool {
			modals := st.slack.Modals(who)
			return len(modals) > 0 && strings.Contains(texts(modals[len(modals)-1].Title)+texts(modals[len(modals)-1].Blocks), text)
		})
		return nil
	case "press":
		return st.insists(func() error {
			modals := st.slack.Modals(who)
			if len(modals) == 0 {
				return absent("no modal is open")
			}
			return st.pressIn(who, workspace.In(""), modals[len(modals)-1].Blocks, text)
		})
	case "submit":
		return st.submit(who, text)
	case "choose":
		return st.choose(who, workspace.In(""), text)
	case "suggest":
		asked, want, _ := strings.Cut(text, " = ")
		id, typed, _ := strings.Cut(asked, " ")
		options, err := st.slack.Suggest(who, workspace.In(""), id, typed)
		if err != nil {
			return err
		}
		if got := labels(options); !strings.Contains(strings.Join(got, " | "), want) {
			return fmt.Errorf("the list offers %q", got)
		}
		return nil
	}
	return fmt.Errorf("no such line")
}

// choose types words in an external select and takes the first option.
func (st *stage) choose(who string, at workspace.Place, text string) error {
	id, typed, _ := strings.Cut(text, " ")
	options, err := st.slack.Suggest(who, at, id, typed)
	if err != nil {
		return err
	}
	if len(options.Options) == 0 {
		return fmt.Errorf("the list offers nothing")
	}
	return st.slack.Choose(who, at, id, options.Options[0].Value)
}

func labels(o workspace.Options) []string {
	var all []string
	for _, option := range o.Options {
		all = append(all, option.Text.Text)
	}
	return all
}

// pressable is a button, or one of the two of feedback buttons.
type pressable struct {
	block, action, label, value string
	feedback                    bool
}

// buttons lists the buttons of a message's blocks, in order.
func buttons(blocks json.RawMessage) []pressable {
	var found []pressable
	var all []struct {
		ID        string            `json:"block_id"`
		Accessory json.RawMessage   `json:"accessory"`
		Elements  []json.RawMessage `json:"elements"`
		Rows      [][]struct {
			Element json.RawMessage `json:"element"`
		} `json:"rows"`
	}
	if json.Unmarshal(blocks, &all) != nil {
		return nil
	}
	for _, b := range all {
		elements := append([]json.RawMessage{b.Accessory}, b.Elements...)
		for _, row := range b.Rows { // a table may have buttons
			for _, cell := range row {
				elements = append(elements, cell.Element)
			}
		}
		for _, raw := range elements {
			var e struct {
				Type   string               `json:"type"`
				Action string               `json:"action_id"`
				Value  string               `json:"value"`
				Text   workspace.TextObject `json:"text"`
				Good   workspace.Option     `json:"positive_button"`
				Bad    workspace.Option     `json:"negative_button"`
			}
			if json.Unmarshal(raw, &e) != nil {
				continue
			}
			switch e.Type {
			case "button":
				found = append(found, pressable{b.ID, e.Action, e.Text.Text, e.Value, false})
			case "feedback_buttons":
				for _, o := range []workspace.Option{e.Good, e.Bad} {
					found = append(found, pressable{b.ID, e.Action, o.Text.Text, o.Value, true})
				}
			}
		}
	}
	return found
}

// readable is everything a person reads of a message.
func readable(m workspace.Message) string { return m.Text + "\n" + texts(m.Blocks) }

// texts collects every text in Slack's JSON, in order.
func texts(raw json.RawMessage) string {
	var b strings.Builder
	d := json.NewDecoder(strings.NewReader(string(raw)))
	depth, wanted, kind := 0, false, false
	for {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		switch v := token.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				depth++
			} else {
				depth--
			}
			wanted, kind = false, false
		case string:
			if wanted {
				b.WriteString(v + "\n")
			}
			// {"type": "text", "text": ...}: the first is no key.
			wanted = !wanted && !kind && (v == "text" || v == "label")
			kind = !kind && v == "type"
		default:
			wanted, kind = false, false
		}
	}
}

func TestTextsReadsWhatPeopleRead(t *testing.T) {
	raw, err := os.ReadFile("../../commands/view/testdata/card.nl.json")
	if err != nil {
		t.Fatal(err)
	}
	got := texts(raw)
	for _, want := range []string{"Jansen Installatietechniek B.V.", "Deel in kanaal", "p.jansen@jansen.example"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among what people read:\n%s", want, got)
		}
	}
	if rich := texts(json.RawMessage(`{"type":"text","text":"Jansen"}`)); rich != "Jansen\n" {
		t.Errorf("of a piece of rich text people read %q", rich)
	}
	if strings.Contains(got, "client.share.v1") {
		t.Error("an action id is nothing that people read")
	}
}
