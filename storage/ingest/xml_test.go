package ingest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

// events writes a document as one line an event, text joined.
func events(r io.Reader) (out []string, err error) {
	x := newXMLReader(r)
	text := ""
	flush := func() {
		if text != "" {
			out, text = append(out, "text "+text), ""
		}
	}
	for {
		t, err := x.next()
		if err != nil {
			flush()
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return out, err
		}
		switch t.kind {
		case xmlText:
			text += string(t.text)
			continue
		case xmlStart:
			flush()
			s := "start " + string(t.local)
			for _, a := range t.attrs {
				s += fmt.Sprintf(" %s=%q", local(a.name), a.value)
			}
			out = append(out, s)
		case xmlEnd:
			flush()
			out = append(out, "end "+string(t.local))
		}
	}
}

// standardEvents does the same with the standard library; text outside the
// root is left out.
func standardEvents(text string) (out []string, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	depth, joined := 0, ""
	flush := func() {
		if joined != "" && depth > 0 {
			out = append(out, "text "+joined)
		}
		joined = ""
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch t := t.(type) {
		case xml.CharData:
			joined += string(t)
		case xml.StartElement:
			flush()
			depth++
			s := "start " + t.Name.Local
			for _, a := range t.Attr {
				s += fmt.Sprintf(" %s=%q", a.Name.Local, a.Value)
			}
			out = append(out, s)
		case xml.EndElement:
			flush()
			depth--
			out = append(out, "end "+t.Name.Local)
		}
	}
}

var xmlSeeds = []string{
	`<a/>`, `<a></a>`, `<a>text</a>`, `<a b="1" c='2'>x</a>`, `<?xml version="1.0"?><a/>`, `<?xml version="1.0" encoding="utf-8"?>` + "\n<!-- x -->\n<a><b/></a>\n",
	`<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x41;</a>`, `<a b="&lt;x>y"/>`, `<a><![CDATA[<&>]]></a>`, "<a>1\r\n2\r3</a>", "<a b=\"1\r\n2\"/>", "<a><![CDATA[1\r\n2]]></a>",
	`<x:a xmlns:x="u"><x:b x:c="1"/></x:a>`, `<a ></a >`, `<a/ >`, `<a b = "1" />`, `<é>ü</é>`, `<a>` + strings.Repeat("x", 3000) + `</a>`,
	`<a><?pi some text?></a>`, `<a><!-- c --></a>`,
	// refused by both
	``, `<a>`, `<a></b>`, `<a b=1/>`, `<a b/>`, `<a>&foo;</a>`, `<a>&#0;</a>`, `<a>&#x110000;</a>`, `<a>&lt</a>`, `<a>]]></a>`, `<a><b></a></b>`, `<1/>`, `<a><!-- -- --></a>`,
	"<a>\x01</a>", "<a>\xff</a>", `<a b="<"/>`, `<a`, `<a b="`, `<a><![CDATA[`, `<!-- `, `<?xml version="2.0"?><a/>`, `</a>`, `< a/>`, `<a:b:c/>`, `<`, `<a></a`, `<?`, `<a><!`,
	// where we are stricter
	`<a/><b/>`, `text<a/>`, `<a/>text`, `<a b="1" b="2"/>`, `<!DOCTYPE a><a/>`, ` <?xml version="1.0"?><a/>`, `<a b="1"c="2"/>`, `<:a/>`,
}

func TestXMLReader(t *testing.T) {
	for _, text := range xmlSeeds {
		sameEvents(t, text)
	}
	for _, name := range []string{"xaf/ExactOnline_3.2.xaf", "xaf/Twinfield_3.1.xaf", "xaf/osFinancials_3.1.xaf", "xaf/XmlAuditfileFinancieel3.2.xsd"} {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(shared(t, name))
			if err != nil {
				t.Fatal(err)
			}
			sameEvents(t, strings.TrimPrefix(string(b), "\ufeff"))
		})
	}
}

// sameEvents holds one document against encoding/xml: the same events, or both
// refuse, or we say that we are stricter.
func sameEvents(t *testing.T, text string) {
	t.Helper()
	want, wantErr := standardEvents(text)
	for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
		got, err := events(r)
		var e *errXML
		switch {
		case err != nil && !errors.As(err, &e):
			t.Fatalf("%q: %v", text, err)
		case err != nil && !e.strict && wantErr == nil:
			t.Fatalf("%q: refused (%v), encoding/xml reads %q", text, err, want)
		case err == nil && wantErr != nil:
			t.Fatalf("%q: read as %q, encoding/xml says %v", text, got, wantErr)
		case err == nil && strings.Join(got, "\n") != strings.Join(want, "\n"):
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestXMLBounds(t *testing.T) {
	deep := strings.Repeat("<a>", maxDepth+1)
	laughs := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>`
	for name, r := range map[string]io.Reader{
		"deep": strings.NewReader(deep), "billion laughs": strings.NewReader(laughs),
		"endless text": io.MultiReader(strings.NewReader("<a>"), &endless{}), "endless tag": io.MultiReader(strings.NewReader("<"), &endless{}),
		"endless comment": io.MultiReader(strings.NewReader("<!--"), &endless{}), "endless attribute": io.MultiReader(strings.NewReader("<a b='"), &endless{}),
		"long name": strings.NewReader("<" + strings.Repeat("n", maxXMLName+1) + "/>"),
	} {
		_, err := events(r)
		var e *errXML
		if !errors.As(err, &e) || !e.strict {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzXML holds the reader against encoding/xml.
func FuzzXML(f *testing.F) {
	for _, s := range xmlSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.HasPrefix(text, "\ufeff") {
			return // taken off before the reader
		}
		sameEvents(t, text)
	})
}
