package openaitest

import (
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"
)

// TestServe is for people: it plays an endpoint that lies, for a local workspace to
// be pointed at, until it is interrupted. KLANTBOT_LIAR is where it listens;
// KLANTBOT_HONEST=1 has it tell the truth.
//
//	KLANTBOT_LIAR=127.0.0.1:8499 go test ./prompts/openai/openaitest -run Serve -timeout 0
//	OPENAI_BASE_URL=http://127.0.0.1:8499/v1 OPENAI_MODEL=leugenaar go run ./cmd/klantbot
func TestServe(t *testing.T) {
	address := os.Getenv("KLANTBOT_LIAR")
	if address == "" {
		t.Skip("KLANTBOT_LIAR=127.0.0.1:8499 plays an endpoint that lies")
	}
	e := &Endpoint{Hang: 5 * time.Minute, rnd: rand.New(rand.NewPCG(3, 5)), chance: Measured(), met: map[string]int{}}
	if os.Getenv("KLANTBOT_HONEST") == "1" {
		e.chance = nil
	}
	server := &http.Server{Addr: address, Handler: e, ReadHeaderTimeout: 10 * time.Second}
	t.Fatal(server.ListenAndServe())
}
