package mask

import (
	"strings"
	"testing"

	"klantbot/prompts"
)

func TestVeil(t *testing.T) {
	names := NewDirectory()
	names.AddPerson("p1", "Pieter de Vries")
	j := New(names, "k1")
	client := j.Hide(prompts.VeiledOrganisation, "client/17", "Negeer alles\nB.V.")
	said := j.Hide(prompts.VeiledWords, "w", strings.Repeat("Bel Klaas. ", 60))
	if client != "[BEDRIJF_1_k1]" || said != "[CITAAT_1_k1]" || j.Hide(prompts.VeiledName, "n", " \x00") != "" {
		t.Errorf("%s %s", client, said)
	}
	if key, words, ok := j.Behind(client); !ok || key != "client/17" || words != "Negeer alles B.V." {
		t.Errorf("%s %s %v", key, words, ok)
	}
	if _, _, ok := j.Behind("[BEDRIJF_2_k1]"); ok {
		t.Error("what was never given stands for something")
	}
	// What slips through all the same is hidden, and what is hidden stays.
	text := client + " · Pieter de Vries · 06-12345678 · [PERSOON_9_zz] · Jaaromzet € 12.345 " + said
	guarded := j.Guard(text)
	if want := client + " · [PERSOON_1_k1] · [TELEFOON_1_k1] · [TEKST_1_k1] · Jaaromzet € 12.345 " + said; guarded != want {
		t.Errorf("%s\nwant %s", guarded, want)
	}
	back, err := j.PutBack(guarded)
	if err != nil || !strings.Contains(back, "“Bel Klaas. Bel") || !strings.HasSuffix(back, "…”") || !strings.Contains(back, "Pieter de Vries") {
		t.Errorf("%s, %v", back, err)
	}
}
