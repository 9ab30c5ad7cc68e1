package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// keyFile makes a pair: the public key, and the file with the secret one.
func keyFile(t *testing.T) (public, file string) {
	t.Helper()
	pair, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return pair.Recipient().String(), write(t, "key.txt", "# made for a test\n"+pair.String()+"\n")
}

// TestSealedBackup: only who keeps the key restores it, whole; nothing of it lies open
// meanwhile or afterwards.
func TestSealedBackup(t *testing.T) {
	t.Parallel()
	public, secret := keyFile(t)
	second, other := keyFile(t)
	_, stranger := keyFile(t)
	office, folder := sampleDB(t), t.TempDir()
	sealed := filepath.Join(folder, "monday.age")
	listed := write(t, "recipients.txt", "# the office\n"+public+"\n"+second+"\n")
	answer, status := verb(t, "backup", sealed, "--encrypt", listed, "--db", office)
	holds(t, answer, `{"encrypted":true}`)
	raw, err := os.ReadFile(sealed)
	if status != done || err != nil || !bytes.HasPrefix(raw, []byte(sealedMark)) || bytes.Contains(raw, []byte("Jansen")) || bytes.Contains(raw, []byte("SQLite")) {
		t.Fatalf("status %d, %v: it is not sealed", status, err)
	}
	if info, _ := os.Stat(sealed); info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
	nothingLeft(t, folder, filepath.Dir(office))

	for _, key := range []string{secret, other} {
		place := filepath.Join(t.TempDir(), "office.db")
		back, status := verb(t, "restore", sealed, "--identity", key, "--db", place)
		if status != done || back["clients"] != answer["clients"] || back["rows"] != answer["rows"] {
			t.Errorf("restored %v, of %v", back, answer)
		}
		nothingLeft(t, filepath.Dir(place))
	}
	flipped := bytes.Clone(raw)
	flipped[len(flipped)/2] ^= 1
	for name, c := range map[string]struct{ file, key, says string }{
		"without a key":   {sealed, "", "--identity"},
		"another's key":   {sealed, stranger, "andere sleutel"},
		"no key file":     {sealed, listed, "AGE-SECRET-KEY"},
		"one bit changed": {write(t, "flipped.age", string(flipped)), secret, "beschadigd"},
		"cut off":         {write(t, "cut.age", string(raw[:len(raw)-70_000])), secret, "beschadigd"},
		"the last chunk":  {write(t, "end.age", string(raw[:len(raw)-1])), secret, "beschadigd"},
		"only a head":     {write(t, "head.age", string(raw[:200])), secret, ""},
	} {
		place := filepath.Join(t.TempDir(), "office.db")
		args := []string{"restore", c.file, "--db", place}
		if c.key != "" {
			args = append(args, "--identity", c.key)
		}
		back, status := verb(t, args...)
		said, _ := back["error"].(map[string]any)["message"].(string)
		if status != failed || !strings.Contains(said, c.says) || strings.Contains(said, "AGE-SECRET-KEY-1") {
			t.Errorf("%s: status %d, %q", name, status, said)
		}
		if _, err := os.Stat(place); err == nil {
			t.Errorf("%s: there is a database", name)
		}
		nothingLeft(t, filepath.Dir(place))
	}
	if _, status := verb(t, "backup", sealed, "--encrypt", public, "--db", office); status != failed {
		t.Error("a backup took the place of another")
	}
	if now, _ := os.ReadFile(sealed); !bytes.Equal(now, raw) {
		t.Error("the first one changed")
	}
	for _, wrong := range []string{"age1nonsense", stranger, filepath.Join(folder, "absent"), "ssh-ed25519 AAAA"} {
		if _, status := verb(t, "backup", filepath.Join(folder, "x"), "--encrypt", wrong, "--db", office); status != failed {
			t.Errorf("%s was taken for a public key", wrong)
		}
	}
	nothingLeft(t, folder, filepath.Dir(office))
}

// nothingLeft fails where something was begun and not taken away.
func nothingLeft(t *testing.T, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		if left, _ := filepath.Glob(filepath.Join(folder, ".klantbot-*")); len(left) > 0 {
			t.Errorf("%v lies there still", left)
		}
	}
}
