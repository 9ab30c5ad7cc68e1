package workspace

import (
	"fmt"
	"strings"
	"testing"
)

const (
	pt = `{"type":"plain_text","text":"x"}`
	md = `{"type":"mrkdwn","text":"x"}`
)

func ptOf(n int) string { return `{"type":"plain_text","text":"` + repeated(n) + `"}` }
func times(n int, item string) string {
	return strings.TrimSuffix(strings.Repeat(item+",", n), ",")
}
func numbered(n int, format string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = strings.ReplaceAll(format, "%d", fmt.Sprint(i))
	}
	return strings.Join(items, ",")
}
func section(rest string) string { return `{"type":"section","text":` + pt + rest + `}` }
func accessory(e string) string  { return section(`,"accessory":` + e) }
func inputOf(e string) string    { return `{"type":"input","label":` + pt + `,"element":` + e + `}` }
func opts(n int) string          { return numbered(n, `{"text":`+pt+`,"value":"v%d"}`) }
func table2(rows string) string {
	return `{"type":"data_table","caption":"c","rows":[` + rows + `]}`
}
func cells(n int) string { return "[" + times(n, `{"type":"raw_text","text":"x"}`) + "]" }
func chart(c string) string {
	return `{"type":"data_visualization","title":"t","chart":` + c + `}`
}
func bars(series, categories string) string {
	return chart(`{"type":"bar","axis_config":{"categories":[` + categories + `]},"series":[` + series + `]}`)
}

// TestValidate holds, for every rule, one input just inside and one just outside.
func TestValidate(t *testing.T) {
	rich := func(e string) string { return `{"type":"rich_text","elements":[` + e + `]}` }
	sec := func(e string) string { return rich(`{"type":"rich_text_section","elements":[` + e + `]}`) }
	container := func(rest string) string {
		return `{"type":"container","title":` + pt + `,"child_blocks":[{"type":"divider"}]` + rest + `}`
	}
	confirm := func(title, body, yes int) string {
		return accessory(`{"type":"button","text":` + pt + `,"confirm":{"title":` + ptOf(title) + `,"text":` + ptOf(body) + `,"confirm":` + ptOf(yes) + `,"deny":` + pt + `}}`)
	}
	series := func(n int) string {
		return bars(numbered(n, `{"name":"s%d","data":[{"label":"a","value":1}]}`), `"a"`)
	}
	const img = `"image_url":"https://x.nl/a.png"`
	for _, tc := range []struct {
		name   string
		at     surface
		blocks string
		want   string // part of the first error, "" when accepted
	}{
		{"section text 3000", surfaceMessage, `{"type":"section","text":` + ptOf(3000) + `}`, ""},
		{"section text 3001", surfaceMessage, `{"type":"section","text":` + ptOf(3001) + `}`, "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"empty text", surfaceMessage, `{"type":"section","text":{"type":"mrkdwn","text":""}}`, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"no text and no fields", surfaceMessage, `{"type":"section"}`, "missing required field: text or fields"},
		{"text is a string", surfaceMessage, `{"type":"section","text":"x"}`, "must provide an object [json-pointer:/blocks/0/text]"},
		{"unknown text type", surfaceMessage, `{"type":"section","text":{"type":"html","text":"x"}}`, "/blocks/0/text/type"},
		{"emoji in mrkdwn", surfaceMessage, `{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}`, "additional properties not allowed: emoji"},
		{"10 fields", surfaceMessage, `{"type":"section","fields":[` + times(10, md) + `]}`, ""},
		{"11 fields", surfaceMessage, `{"type":"section","fields":[` + times(11, md) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"no fields", surfaceMessage, `{"type":"section","fields":[]}`, "no fewer than 1"},
		{"field 2000", surfaceMessage, `{"type":"section","fields":[` + ptOf(2000) + `]}`, ""},
		{"field 2001", surfaceMessage, `{"type":"section","fields":[` + ptOf(2001) + `]}`, "2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"50 blocks", surfaceMessage, times(50, `{"type":"divider"}`), ""},
		{"51 blocks", surfaceMessage, times(51, `{"type":"divider"}`), "no more than 50 items allowed [json-pointer:/blocks]"},
		{"100 blocks in a modal", surfaceModal, times(100, `{"type":"divider"}`), ""},
		{"101 blocks in Home", surfaceHome, times(101, `{"type":"divider"}`), "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"unknown block", surfaceMessage, `{"type":"vraag"}`, "unsupported type: vraag [json-pointer:/blocks/0/type]"},
		{"a block that is no object", surfaceMessage, `7`, "must provide an object [json-pointer:/blocks/0]"},
		{"block_id 255", surfaceMessage, section(`,"block_id":"` + repeated(255) + `"`), ""},
		{"block_id 256", surfaceMessage, section(`,"block_id":"` + repeated(256) + `"`), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"},
		{"block_id twice", surfaceMessage, times(2, section(`,"block_id":"b"`)), "/blocks/1/block_id"},
		{"header 150", surfaceMessage, `{"type":"header","text":` + ptOf(150) + `}`, ""},
		{"header 151", surfaceMessage, `{"type":"header","text":` + ptOf(151) + `}`, "less than 151"},
		{"header mrkdwn", surfaceMessage, `{"type":"header","text":` + md + `}`, "/blocks/0/text/type"},
		{"context 10", surfaceMessage, `{"type":"context","elements":[` + times(10, md) + `]}`, ""},
		{"context 11", surfaceMessage, `{"type":"context","elements":[` + times(11, md) + `]}`, "no more than 10"},
		{"context image", surfaceMessage, `{"type":"context","elements":[{"type":"image","alt_text":"a",` + img + `}]}`, ""},
		{"image without alt_text", surfaceMessage, `{"type":"image",` + img + `}`, "missing required field: alt_text"},
		{"image alt_text 2001", surfaceMessage, `{"type":"image","alt_text":"` + repeated(2001) + `",` + img + `}`, "less than 2001"},
		{"image without source", surfaceMessage, `{"type":"image","alt_text":"a"}`, "either image_url or slack_file"},
		{"image with a bad URL", surfaceMessage, `{"type":"image","alt_text":"a","image_url":"javascript:1"}`, "must be a valid URL"},
		{"image of an unknown file", surfaceMessage, `{"type":"image","alt_text":"a","slack_file":{"id":"F9"}}`, "invalid slack file"},
		{"25 buttons", surfaceMessage, `{"type":"actions","elements":[` + numbered(25, `{"type":"button","action_id":"a%d","text":`+pt+`}`) + `]}`, ""},
		{"26 buttons", surfaceMessage, `{"type":"actions","elements":[` + numbered(26, `{"type":"button","action_id":"a%d","text":`+pt+`}`) + `]}`, "no more than 25"},
		{"action_id twice in a block", surfaceMessage, `{"type":"actions","elements":[` + times(2, `{"type":"button","action_id":"a","text":`+pt+`}`) + `]}`, "/blocks/0/elements/1/action_id"},
		{"action_id twice in two blocks", surfaceMessage, times(2, accessory(`{"type":"button","action_id":"a","text":`+pt+`}`)), ""},
		{"action_id 256", surfaceMessage, accessory(`{"type":"button","action_id":"` + repeated(256) + `","text":` + pt + `}`), "less than 256"},
		{"button label 75", surfaceMessage, accessory(`{"type":"button","text":` + ptOf(75) + `}`), ""},
		{"button label 76", surfaceMessage, accessory(`{"type":"button","text":` + ptOf(76) + `}`), "less than 76 characters [json-pointer:/blocks/0/accessory/text/text]"},
		{"button value 2001", surfaceMessage, accessory(`{"type":"button","text":` + pt + `,"value":"` + repeated(2001) + `"}`), "less than 2001"},
		{"button url 3001", surfaceMessage, accessory(`{"type":"button","text":` + pt + `,"url":"https://x.nl/` + strings.Repeat("a", 3000) + `"}`), "less than 3001"},
		{"button style", surfaceMessage, accessory(`{"type":"button","text":` + pt + `,"style":"groen"}`), "must be one of: primary, danger"},
		{"button mrkdwn", surfaceMessage, accessory(`{"type":"button","text":` + md + `}`), "/accessory/text/type"},
		{"input element as accessory", surfaceMessage, accessory(`{"type":"plain_text_input"}`), "unsupported type: plain_text_input"},
		{"confirm 100/300/30", surfaceMessage, confirm(100, 300, 30), ""},
		{"confirm title 101", surfaceMessage, confirm(101, 1, 1), "confirm/title/text"},
		{"confirm text 301", surfaceMessage, confirm(1, 301, 1), "confirm/text/text"},
		{"confirm button 31", surfaceMessage, confirm(1, 1, 31), "confirm/confirm/text"},
		{"overflow 5", surfaceMessage, accessory(`{"type":"overflow","options":[` + opts(5) + `]}`), ""},
		{"overflow 6", surfaceMessage, accessory(`{"type":"overflow","options":[` + opts(6) + `]}`), "no more than 5"},
		{"100 options", surfaceMessage, accessory(`{"type":"static_select","options":[` + opts(100) + `]}`), ""},
		{"101 options", surfaceMessage, accessory(`{"type":"static_select","options":[` + opts(101) + `]}`), "no more than 100"},
		{"0 options", surfaceMessage, accessory(`{"type":"static_select","options":[]}`), "no fewer than 1"},
		{"options and groups", surfaceMessage, accessory(`{"type":"static_select","options":[` + opts(1) + `],"option_groups":[]}`), "either options or option_groups"},
		{"groups", surfaceMessage, accessory(`{"type":"static_select","option_groups":[{"label":` + pt + `,"options":[` + opts(2) + `]}]}`), ""},
		{"group label 76", surfaceMessage, accessory(`{"type":"static_select","option_groups":[{"label":` + ptOf(76) + `,"options":[` + opts(2) + `]}]}`), "label/text"},
		{"option text 76", surfaceMessage, accessory(`{"type":"static_select","options":[{"text":` + ptOf(76) + `,"value":"v"}]}`), "options/0/text/text"},
		{"option value 150", surfaceMessage, accessory(`{"type":"static_select","options":[{"text":` + pt + `,"value":"` + repeated(150) + `"}]}`), ""},
		{"option value 151", surfaceMessage, accessory(`{"type":"static_select","options":[{"text":` + pt + `,"value":"` + repeated(151) + `"}]}`), "less than 151"},
		{"option description 76", surfaceMessage, accessory(`{"type":"static_select","options":[{"text":` + pt + `,"value":"v","description":` + ptOf(76) + `}]}`), "description/text"},
		{"initial option not among them", surfaceMessage, accessory(`{"type":"static_select","options":[` + opts(2) + `],"initial_option":{"text":` + pt + `,"value":"v9"}}`), "must match one of the options"},
		{"placeholder 151", surfaceMessage, accessory(`{"type":"users_select","placeholder":` + ptOf(151) + `}`), "placeholder/text"},
		{"10 checkboxes", surfaceMessage, accessory(`{"type":"checkboxes","options":[` + opts(10) + `]}`), ""},
		{"11 radio buttons", surfaceMessage, accessory(`{"type":"radio_buttons","options":[` + opts(11) + `]}`), "no more than 10"},
		{"max_selected_items 0", surfaceMessage, accessory(`{"type":"multi_users_select","max_selected_items":0}`), "must be between 1"},
		{"bad date", surfaceMessage, accessory(`{"type":"datepicker","initial_date":"21-11-2026"}`), "must have the form YYYY-MM-DD"},
		{"bad time", surfaceMessage, accessory(`{"type":"timepicker","initial_time":"25:00"}`), "must have the form HH:mm"},
		{"input in a modal", surfaceModal, inputOf(`{"type":"plain_text_input","max_length":3000}`), ""},
		{"input in a message", surfaceMessage, inputOf(`{"type":"plain_text_input"}`), ""},
		{"max_length 3001", surfaceModal, inputOf(`{"type":"plain_text_input","max_length":3001}`), "must be between 1 and 3000"},
		{"min above max", surfaceModal, inputOf(`{"type":"plain_text_input","min_length":9,"max_length":3}`), "must not be more than max_length"},
		{"button in an input", surfaceModal, inputOf(`{"type":"button","text":` + pt + `}`), "unsupported type: button [json-pointer:/view/blocks/0/element]"},
		{"number without is_decimal_allowed", surfaceModal, inputOf(`{"type":"number_input"}`), "is_decimal_allowed"},
		{"file_input in a message", surfaceMessage, inputOf(`{"type":"file_input"}`), "unsupported type: file_input"},
		{"input without label", surfaceModal, `{"type":"input","element":{"type":"plain_text_input"}}`, "missing required field: label"},
		{"input label 2001", surfaceModal, `{"type":"input","label":` + ptOf(2001) + `,"element":{"type":"plain_text_input"}}`, "label/text"},
		{"two focus_on_load", surfaceModal, times(2, inputOf(`{"type":"plain_text_input","focus_on_load":true}`)), "focus_on_load"},
		{"markdown 12000", surfaceMessage, `{"type":"markdown","text":"` + repeated(12000) + `"}`, ""},
		{"markdown 12001", surfaceMessage, `{"type":"markdown","text":"` + repeated(12001) + `"}`, "less than 12001"},
		{"markdown together 12001", surfaceMessage, `{"type":"markdown","text":"` + repeated(6001) + `"},{"type":"markdown","text":"` + repeated(6000) + `"}`, "all markdown blocks together"},
		{"markdown in a modal", surfaceModal, `{"type":"markdown","text":"x"}`, "unsupported type: markdown"},
		{"alert in a modal", surfaceModal, `{"type":"alert","level":"warning","text":` + pt + `}`, ""},
		{"alert in a message", surfaceMessage, `{"type":"alert","text":` + pt + `}`, "unsupported type: alert"},
		{"alert level", surfaceModal, `{"type":"alert","level":"rood","text":` + pt + `}`, "must be one of"},
		{"container in a message", surfaceEphemeral, container(""), ""},
		{"container in Home", surfaceHome, container(""), "unsupported type: container"},
		{"container collapsed", surfaceMessage, container(`,"default_collapsed":true`), "requires is_collapsible"},
		{"container of nothing", surfaceMessage, `{"type":"container","title":` + pt + `,"child_blocks":[]}`, "no fewer than 1"},
		{"container of 11", surfaceMessage, `{"type":"container","title":` + pt + `,"child_blocks":[` + times(11, `{"type":"divider"}`) + `]}`, "no more than 10"},
		{"container without title", surfaceMessage, `{"type":"container","child_blocks":[{"type":"divider"}]}`, "title or rich_text_title"},
		{"container of a chart", surfaceMessage, `{"type":"container","title":` + pt + `,"child_blocks":[` + chart(`{}`) + `]}`, "unsupported type: data_visualization"},
		{"feedback buttons", surfaceMessage, `{"type":"context_actions","elements":[{"type":"feedback_buttons","positive_button":{"text":` + pt + `,"value":"p"},"negative_button":{"text":` + pt + `,"value":"n"}},{"type":"icon_button","icon":"trash","text":` + pt + `}]}`, ""},
		{"half feedback", surfaceMessage, `{"type":"context_actions","elements":[{"type":"feedback_buttons","positive_button":{"text":` + pt + `,"value":"p"}}]}`, "negative_button"},
		{"context_actions in Home", surfaceHome, `{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":` + pt + `}]}`, "unsupported type: context_actions"},
		{"table alignment", surfaceMessage, `{"type":"table","column_settings":[null,{"align":"right","is_wrapped":true}],"rows":[` + cells(2) + `]}`, ""},
		{"table bad alignment", surfaceMessage, `{"type":"table","column_settings":[{"align":"rechts"}],"rows":[` + cells(2) + `]}`, "column_settings/0/align"},
		{"rich text input", surfaceModal, inputOf(`{"type":"rich_text_input","initial_value":` + sec(`{"type":"date","timestamp":1,"format":"{date}"}`) + `}`), ""},
		{"rich text input of text", surfaceModal, inputOf(`{"type":"rich_text_input","initial_value":"x"}`), "must provide a rich_text object"},
		{"container with a rich title", surfaceMessage, `{"type":"container","rich_text_title":` + sec(`{"type":"text","text":"x"}`) + `,"child_blocks":[{"type":"divider"}]}`, ""},
		{"data_table button", surfaceMessage, table2(cells(1) + `,[{"type":"action_cell","element":{"type":"button","text":` + pt + `}}]`), ""},
		{"data_table select", surfaceMessage, table2(cells(1) + `,[{"type":"action_cell","element":{"type":"users_select"}}]`), "unsupported type: users_select"},
		{"response_url_enabled in a message", surfaceMessage, accessory(`{"type":"conversations_select","response_url_enabled":true}`), "only allowed in"},
		{"table in a message", surfaceMessage, `{"type":"table","rows":[` + times(100, cells(20)) + `]}`, ""},
		{"table in a modal", surfaceModal, `{"type":"table","rows":[` + cells(1) + `]}`, "unsupported type: table"},
		{"table 101 rows", surfaceMessage, `{"type":"table","rows":[` + times(101, cells(1)) + `]}`, "no more than 100"},
		{"table 21 columns", surfaceHome, `{"type":"table","rows":[` + cells(21) + `]}`, "no more than 20"},
		{"two tables", surfaceMessage, times(2, `{"type":"table","rows":[`+cells(1)+`]}`), "only one table"},
		{"data_table", surfaceMessage, table2(times(101, cells(20))), ""},
		{"data_table 102 rows", surfaceMessage, table2(times(102, cells(1))), "no more than 101"},
		{"data_table 21 columns", surfaceMessage, table2(times(2, cells(21))), "no more than 20"},
		{"data_table only a header", surfaceMessage, table2(cells(1)), "no fewer than 2"},
		{"data_table empty cell", surfaceMessage, table2(cells(1) + `,[{"type":"raw_text","text":""}]`), "[json-pointer:/blocks/0/rows/1/0/text]"},
		{"data_table blank cell", surfaceMessage, table2(cells(1) + `,[{"type":"raw_text","text":" "}]`), "must not be empty"},
		{"data_table uneven", surfaceMessage, table2(cells(2) + "," + cells(1)), "must have 2 cells"},
		{"data_table rich header", surfaceMessage, table2(`[{"type":"rich_text","elements":[]}],` + cells(1)), "/rows/0/0/type"},
		{"data_table number", surfaceMessage, table2(cells(1) + `,[{"type":"raw_number","value":1.5}]`), ""},
		{"data_table number as text", surfaceMessage, table2(cells(1) + `,[{"type":"raw_number","value":"1"}]`), "must provide a number"},
		{"data_table 10001 characters", surfaceMessage, table2(cells(1) + `,[{"type":"raw_text","text":"` + repeated(10_000) + `"}]`), "all tables together"},
		{"data_table without caption", surfaceMessage, `{"type":"data_table","rows":[` + times(2, cells(1)) + `]}`, "caption"},
		{"data_table page_size 0", surfaceMessage, `{"type":"data_table","caption":"c","page_size":0,"rows":[` + times(2, cells(1)) + `]}`, "between 1 and 100"},
		{"pie 6", surfaceMessage, chart(`{"type":"pie","segments":[` + times(6, `{"label":"a","value":1}`) + `]}`), ""},
		{"pie 7", surfaceMessage, chart(`{"type":"pie","segments":[` + times(7, `{"label":"a","value":1}`) + `]}`), "no more than 6"},
		{"pie of zero", surfaceMessage, chart(`{"type":"pie","segments":[{"label":"a","value":0}]}`), "must be more than 0"},
		{"slice label 21", surfaceMessage, chart(`{"type":"pie","segments":[{"label":"` + repeated(21) + `","value":1}]}`), "less than 21"},
		{"chart title 51", surfaceMessage, `{"type":"data_visualization","title":"` + repeated(51) + `","chart":{"type":"pie","segments":[{"label":"a","value":1}]}}`, "less than 51"},
		{"unknown chart", surfaceMessage, chart(`{"type":"radar"}`), "pie, bar, line, area"},
		{"three charts", surfaceMessage, times(3, chart(`{"type":"pie","segments":[{"label":"a","value":1}]}`)), "no more than 2 data_visualization"},
		{"6 series", surfaceMessage, series(6), ""},
		{"7 series", surfaceMessage, series(7), "no more than 6"},
		{"20 points", surfaceMessage, bars(`{"name":"s","data":[`+numbered(20, `{"label":"c%d","value":-1}`)+`]}`, numbered(20, `"c%d"`)), ""},
		{"21 points", surfaceMessage, bars(`{"name":"s","data":[`+numbered(21, `{"label":"c%d","value":1}`)+`]}`, numbered(21, `"c%d"`)), "no more than 20"},
		{"series name twice", surfaceMessage, bars(times(2, `{"name":"s","data":[{"label":"a","value":1}]}`), `"a"`), "must be unique"},
		{"point without category", surfaceMessage, bars(`{"name":"s","data":[{"label":"b","value":1}]}`, `"a"`), "must be one of axis_config.categories"},
		{"category without point", surfaceMessage, bars(`{"name":"s","data":[{"label":"a","value":1}]}`, `"a","b"`), "exactly one point"},
		{"rich text", surfaceModal, sec(`{"type":"text","text":"x","style":{"bold":true}},{"type":"user","user_id":"U1"},{"type":"link","url":"https://x.nl"},{"type":"emoji","name":"tada"}`), ""},
		{"rich text list", surfaceMessage, rich(`{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[]}]}`), ""},
		{"rich text list style", surfaceMessage, rich(`{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[]}]}`), "style"},
		{"rich text unknown", surfaceMessage, rich(`{"type":"alinea"}`), "unsupported type: alinea"},
		{"rich text inline unknown", surfaceMessage, sec(`{"type":"foto"}`), "unsupported type: foto"},
		{"rich text user without id", surfaceMessage, sec(`{"type":"user"}`), "user_id"},
		{"rich text empty text", surfaceMessage, sec(`{"type":"text","text":""}`), "must be more than 0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := &Server{st: newState()}
			got := s.validateBlocks(tc.at, []byte("["+tc.blocks+"]"))
			switch {
			case tc.want == "" && len(got.errors) > 0:
				t.Errorf("refused: %s", got.errors[0])
			case tc.want != "" && len(got.errors) == 0:
				t.Error("accepted")
			case tc.want != "" && !strings.Contains(strings.Join(got.errors, "\n"), tc.want):
				t.Errorf("errors %q, want %q", got.errors, tc.want)
			}
		})
	}
}

func TestValidateView(t *testing.T) {
	view := func(rest string) string {
		return `{"type":"modal","title":` + pt + `,"blocks":[` + section("") + `]` + rest + `}`
	}
	for _, tc := range []struct {
		name string
		at   surface
		view string
		want string
	}{
		{"smallest", surfaceModal, view(""), ""},
		{"title 24", surfaceModal, `{"type":"modal","title":` + ptOf(24) + `,"blocks":[]}`, ""},
		{"title 25", surfaceModal, `{"type":"modal","title":` + ptOf(25) + `,"blocks":[]}`, "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"no title", surfaceModal, `{"type":"modal","blocks":[]}`, "missing required field: title"},
		{"title mrkdwn", surfaceModal, `{"type":"modal","title":` + md + `,"blocks":[]}`, "/view/title/type"},
		{"submit 25", surfaceModal, view(`,"submit":` + ptOf(25)), "/view/submit/text"},
		{"close 25", surfaceModal, view(`,"close":` + ptOf(25)), "/view/close/text"},
		{"private_metadata 3000", surfaceModal, view(`,"private_metadata":"` + repeated(3000) + `"`), ""},
		{"private_metadata 3001", surfaceModal, view(`,"private_metadata":"` + repeated(3001) + `"`), "/view/private_metadata"},
		{"callback_id 256", surfaceModal, view(`,"callback_id":"` + repeated(256) + `"`), "/view/callback_id"},
		{"external_id 256", surfaceModal, view(`,"external_id":"` + repeated(256) + `"`), "/view/external_id"},
		{"input without submit", surfaceModal, `{"type":"modal","title":` + pt + `,"blocks":[` + inputOf(`{"type":"plain_text_input"}`) + `]}`, "missing required field: submit"},
		{"wrong type", surfaceModal, `{"type":"home","blocks":[]}`, "/view/type"},
		{"no blocks", surfaceHome, `{"type":"home"}`, "missing required field: blocks"},
		{"no object", surfaceHome, `[]`, "must provide an object"},
		{"Home", surfaceHome, `{"type":"home","blocks":[` + section("") + `]}`, ""},
		{"too large", surfaceModal, view(`,"x":"` + strings.Repeat("x", 250*1024) + `"`), "view_too_large"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := &Server{st: newState()}
			_, err := s.readView(tc.at, []byte(tc.view))
			got := ""
			if err != nil {
				got = refusalText(err)
			}
			if tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestIDsFilledIn: what the app left out, Slack makes up.
func TestIDsFilledIn(t *testing.T) {
	s := &Server{st: newState()}
	got := s.validateBlocks(surfaceMessage, []byte("["+accessory(`{"type":"button","text":`+pt+`}`)+"]"))
	e := interactive(got.blocks)
	if len(e) != 1 || e[0].action == "" || e[0].block == "" {
		t.Errorf("elements %+v", e)
	}
}

// TestDataBlocksOnlyInMessages: the switch refuses them elsewhere.
func TestDataBlocksOnlyInMessages(t *testing.T) {
	for _, strict := range []bool{false, true} {
		s := &Server{st: newState(), cfg: Config{DataBlocksOnlyInMessages: strict}}
		for _, at := range everywhere {
			got := s.validateBlocks(at, []byte("["+chart(`{"type":"pie","segments":[{"label":"a","value":1}]}`)+"]"))
			if refused := len(got.errors) > 0; refused != (strict && at != surfaceMessage) {
				t.Errorf("strict %v on %s: %v", strict, at, got.errors)
			}
		}
	}
}
