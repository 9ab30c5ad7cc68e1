package postgres_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
)

// certified returns a certificate for 127.0.0.1, signed by itself, and its key.
func certified(t *testing.T) (certificate, key []byte) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "klantbot test"}, NotAfter: time.Now().AddDate(1, 0, 0),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalECPrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: raw})
}

const passwords = "host all anna 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"

// TestServer plays what can be wrong with a server and its users, and what it does
// while an office is open: a sentence each, and nothing half done.
func TestServer(t *testing.T) {
	certificate, key := certified(t)
	server := pgtest.NewServer(t, map[string][]byte{"pg_hba.conf": []byte(passwords), "server.crt": certificate, "server.key": key}, "ssl=on")
	t.Run("Login", func(t *testing.T) { testLogin(t, server) })
	t.Run("TLS", func(t *testing.T) { testTLS(t, server, certificate) })
	t.Run("Rights", func(t *testing.T) { testRights(t, server) })
	t.Run("NoTemporaryTables", func(t *testing.T) { testNoTemporaryTables(t, server) })
	t.Run("ReadOnly", func(t *testing.T) { testReadOnly(t, server) })
	t.Run("Version", func(t *testing.T) { testVersion(t, server) })
	t.Run("Slow", func(t *testing.T) { testSlow(t, server) })
	t.Run("Killed", func(t *testing.T) { testKilled(t, server) })
	t.Run("Crowded", func(t *testing.T) { testCrowded(t, server) })
}

func testLogin(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE ROLE anna LOGIN PASSWORD 'welgeheim'`, `CREATE DATABASE login OWNER anna`)
	wantRefused(t, server.URL("anna:geheim", "login"), "storage.postgres.login")
	wantRefused(t, server.URL("anna", "login"), "storage.postgres.login")
	wantRefused(t, server.URL("niemand:geheim", "login"), "storage.postgres.login")
	closed(t, server.URL("anna:welgeheim", "login"))
}

// over is the address with another sslmode and file of who issued certificates.
func over(t *testing.T, dsn, mode, root string) string {
	t.Helper()
	u := mustURL(t, dsn)
	u.RawQuery = url.Values{"sslmode": {mode}, "sslrootcert": {root}}.Encode()
	return u.String()
}

func testTLS(t *testing.T, server *pgtest.Server, certificate []byte) {
	stranger, _ := certified(t)
	ours, theirs := filepath.Join(t.TempDir(), "ours.pem"), filepath.Join(t.TempDir(), "theirs.pem")
	for path, content := range map[string][]byte{ours: certificate, theirs: stranger} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server.Run("postgres", `CREATE DATABASE safe`)
	dsn := server.URL("postgres", "safe")
	closed(t, over(t, dsn, "verify-full", ours))
	db, err := postgres.Open(t.Context(), over(t, dsn, "verify-full", ours))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	wantRefused(t, over(t, dsn, "verify-full", theirs), "storage.postgres.tls")
	wantRefused(t, over(t, dsn, "verify-full", filepath.Join(t.TempDir(), "absent.pem")), "storage.postgres.tls")
	wantRefused(t, strings.Replace(over(t, dsn, "verify-full", ours), "127.0.0.1", "localhost", 1), "storage.postgres.tls")
	wantRefused(t, over(t, pgtest.DSN(t), "require", ""), "storage.postgres.tls") // that one has no TLS
}

func testRights(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE ROLE bert LOGIN`, `CREATE DATABASE rights`)
	dsn := server.URL("bert", "rights")
	wantRefused(t, dsn, "storage.postgres.rights") // since 15 only the owner may make tables in public
	closed(t, server.URL("postgres", "rights"))
	wantRefused(t, dsn, "storage.postgres.rights") // not even to see the version
	server.Run("rights", `GRANT SELECT ON ALL TABLES IN SCHEMA public TO bert`)
	wantRefused(t, dsn, "storage.postgres.rights")
	server.Run("rights", `GRANT ALL ON ALL TABLES IN SCHEMA public TO bert`, `GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO bert`)
	closed(t, dsn)
}

// testNoTemporaryTables: a user who may make none imports all the same, also lines that
// are there already.
func testNoTemporaryTables(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE ROLE frits LOGIN`, `CREATE DATABASE narrow`, `REVOKE TEMP ON DATABASE narrow FROM PUBLIC`)
	closed(t, server.URL("postgres", "narrow"))
	server.Run("narrow", `GRANT ALL ON ALL TABLES IN SCHEMA public TO frits`, `GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO frits`)
	db, err := postgres.Open(t.Context(), server.URL("frits", "narrow"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	lines := make([]analysis.StagedLine, 150)
	for i := range lines {
		lines[i] = analysis.StagedLine{Line: i + 2, Number: "1", Day: analysis.Date(2026, 1, 5), Invoice: "F", Amount: analysis.Cents(i)}
	}
	for i, added := range []int{100, 50} {
		staging, err := db.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportRevenue, File: "revenue.csv", Source: "boek"})
		if err != nil {
			t.Fatal(err)
		}
		defer staging.Close()
		if err := staging.AddLines(t.Context(), lines[:100+50*i]); err != nil {
			t.Fatal(err)
		}
		if out, err := staging.Apply(t.Context()); err != nil || out.Added != added || out.Unchanged != 100*i {
			t.Errorf("import %d: %+v, %v", i+1, out, err)
		}
	}
}

func testReadOnly(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE DATABASE readonly`, `ALTER DATABASE readonly SET default_transaction_read_only = on`)
	wantRefused(t, server.URL("postgres", "readonly"), "storage.postgres.readonly")
	server.Run("postgres", `ALTER DATABASE readonly RESET default_transaction_read_only`)
	closed(t, server.URL("postgres", "readonly"))
	server.Run("postgres", `ALTER DATABASE readonly SET default_transaction_read_only = on`)
	wantRefused(t, server.URL("postgres", "readonly"), "storage.postgres.readonly")
}

// testVersion has a proxy say that the server is one of before.
func testVersion(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE DATABASE version`)
	dsn := server.URL("postgres", "version")
	target := mustURL(t, dsn).Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go aged(near, target)
		}
	}()
	wantRefused(t, strings.Replace(dsn, target, listener.Addr().String(), 1), "storage.postgres.version")
	closed(t, dsn)
}

// aged passes on what near and the server at target say, the version of the server
// changed to 14.
func aged(near net.Conn, target string) {
	defer near.Close()
	far, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer far.Close()
	go func() { _, _ = io.Copy(far, near); far.Close() }()
	chunk := make([]byte, 64<<10)
	for {
		n, err := far.Read(chunk)
		if err != nil {
			return
		}
		said := bytes.Clone(chunk[:n])
		for i := 0; i+6 <= len(said); i++ { // server_version_num: 150012 and its like
			if string(said[i+2:i+4]) == "00" && said[i] == '1' && bytes.IndexFunc(said[i:i+6], func(r rune) bool { return r < '0' || r > '9' }) < 0 {
				said[i+1] = '4'
			}
		}
		if _, err := near.Write(said); err != nil {
			return
		}
	}
}

func wantInternal(t *testing.T, what string, err error, key string) {
	t.Helper()
	var worded *analysis.Error
	if !errors.As(err, &worded) || worded.Kind != analysis.Internal || worded.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// testSlow: a change that the server stops, as it does by itself when one takes longer
// than statement_timeout, is taken back.
func testSlow(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE DATABASE slow`)
	dsn := server.URL("postgres", "slow")
	db, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(t.Context(), func(tx storage.Tx) error {
		if _, err := tx.Enqueue(t.Context(), entry("one")); err != nil {
			return err
		}
		stopped := make(chan error)
		go func() { // the same key waits for this transaction, which waits for that to fail
			stopped <- db.Write(t.Context(), func(tx storage.Tx) error {
				_, err := tx.Enqueue(t.Context(), entry("two"))
				_, err2 := tx.Enqueue(t.Context(), entry("one"))
				return errors.Join(err, err2)
			})
		}()
		server.Run("slow", `
			DO $$
			BEGIN
				LOOP
					PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = 'slow' AND wait_event_type = 'Lock';
					EXIT WHEN FOUND;
					PERFORM pg_sleep(.01), pg_stat_clear_snapshot();
				END LOOP;
			END
			$$`)
		wantInternal(t, "Write", <-stopped, "storage.slow")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantEntries(t, db, "one")
}

func entry(key string) storage.LedgerEntry {
	return storage.LedgerEntry{Key: key, Kind: "client.card", Channel: "C1", Lang: "nl", At: time.Unix(1, 0), Due: time.Unix(1, 0)}
}

// wantEntries holds which of one, two, three and four there are.
func wantEntries(t *testing.T, db storage.Ledger, want ...string) {
	t.Helper()
	var got []string
	for _, key := range []string{"one", "two", "three", "four"} {
		switch _, err := db.Entry(t.Context(), key); {
		case err == nil:
			got = append(got, key)
		case analysis.KindOf(err) != analysis.NotFound:
			t.Errorf("Entry(%s): %v", key, err)
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("there are %v, want %v", got, want)
	}
}

// testKilled: of a change during which the server dies nothing is there, what was
// committed before it is, and the same office goes on when the server is back.
func testKilled(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE DATABASE killed`)
	db, err := postgres.Open(t.Context(), server.URL("postgres", "killed"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	enqueue := func(ctx context.Context, keys ...string) error {
		return db.Write(ctx, func(tx storage.Tx) error {
			for i, key := range keys {
				if i == 1 {
					server.Kill()
				}
				if _, err := tx.Enqueue(ctx, entry(key)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := enqueue(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	wantInternal(t, "a change during which the server dies", enqueue(t.Context(), "two", "three"), "storage.lost")
	wantInternal(t, "a change while it is away", enqueue(t.Context(), "two"), "storage.away")
	server.Start()
	if err := enqueue(t.Context(), "four"); err != nil {
		t.Errorf("the first change after it is back: %v", err)
	}
	wantEntries(t, db, "one", "four")
	server.Stop()
	server.Start()
	wantEntries(t, db, "one", "four") // the readers find their connections gone and make new ones
	if err := enqueue(t.Context(), "two"); err != nil {
		t.Errorf("the first change after a restart: %v", err)
	}
}

// testCrowded: a server without connections to give says so.
func testCrowded(t *testing.T, server *pgtest.Server) {
	server.Run("postgres", `CREATE ROLE carla LOGIN CONNECTION LIMIT 2`, `CREATE DATABASE crowded OWNER carla`)
	db, err := postgres.Open(t.Context(), server.URL("carla", "crowded"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	wantRefused(t, server.URL("carla", "crowded"), "storage.postgres.crowded")
}
