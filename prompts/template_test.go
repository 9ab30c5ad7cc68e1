package prompts

import (
	"strings"
	"testing"
	"text/template"
)

// What is filled in is what text/template makes of the same file, with and
// without the paragraph that may be left out.
func TestRenderAsTextTemplate(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		for _, name := range []string{Map, Reduce, Group, Ask} {
			for _, faults := range []string{"", "a fault {{.Open}}"} {
				p, err := LoadPrompt(lang, name)
				if err != nil {
					t.Fatal(err)
				}
				fill := map[string]any{"Open": "<<<a", "Close": "a>>>", "Answers": "[{{end -}}]", "Themes": "x", "Theme": "y", "Most": 5, "Faults": faults, "Today": "2026-11-21"}
				var want strings.Builder
				if err := template.Must(template.ParseFS(templateFiles, lang+"/"+name+".tmpl")).Execute(&want, fill); err != nil {
					t.Fatal(err)
				}
				if got, err := p.Render(fill); err != nil || got != want.String() {
					t.Errorf("%s/%s: %v\n%s\nwant\n%s", lang, name, err, got, want.String())
				}
			}
		}
	}
}
