package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/bot/workspace"
)

// program is the real klantbot in a process of its own: this test binary, run
// as the program (see TestMain).
func program(t testing.TB, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(append(os.Environ(), "KLANTBOT_TEST_AS_PROGRAM=1", "XDG_DATA_HOME="+t.TempDir()), env...)
	return cmd
}

// printed runs a verb to its end and returns what it printed and its status.
func printed(t testing.TB, args ...string) (out, errs string, status int) {
	t.Helper()
	cmd := program(t, nil, args...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

// serving starts `klantbot serve` against the stage's workspace.
func (st *stage) serving(t testing.TB, args ...string) (cmd *exec.Cmd, log *safeBuffer) {
	t.Helper()
	cmd = program(t, []string{"SLACK_BOT_TOKEN=" + st.slack.BotToken(), "SLACK_APP_TOKEN=" + st.slack.AppToken(),
		"SLACK_API_URL=" + st.server.URL + "/api/", "KLANTBOT_DB=" + st.dsn,
		"KLANTBOT_LISTEN=" + st.listen, "KLANTBOT_TEST_LEASE=" + shortLease.String()}, append([]string{"serve", "--connections=1"}, args...)...)
	log = &safeBuffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, log
}

// The process is killed between acknowledgement and answer: Slack was told that
// the command arrived and then nobody is there. The next process answers it.
func TestKilledBetweenAcknowledgementAndAnswer(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	first, log := st.serving(t)
	st.await("the first process", func() bool { return st.slack.Connections() > 0 })
	// Every call to answer fails, so that the first process can not.
	if err := st.slack.SetFaults(workspace.Faults{ServerError: 1}); err != nil {
		t.Fatal(err)
	}
	channel := st.channel("U01", "#kantoor")
	if err := st.slack.Command("U01", channel, "/klant", "1001"); err != nil {
		t.Fatalf("the command was not acknowledged: %v\n%s", err, log)
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	if m := st.newest("U01", channel, 1); m.TS != "" {
		t.Fatalf("it was answered before the kill:\n%s", readable(m))
	}
	if err := st.slack.SetFaults(workspace.Faults{}); err != nil {
		t.Fatal(err)
	}
	_, log = st.serving(t)
	st.log = log
	if err := st.sees("U01", channel, 1, "nr. 1001"); err != nil {
		t.Fatal(err)
	}
}

// A token that Slack refuses ends the process with a sentence; it does not try
// for ever.
func TestWrongTokenEndsTheProcess(t *testing.T) {
	t.Parallel()
	st := newStage(t, filepath.Join(t.TempDir(), "office.db"))
	cmd := program(t, []string{"SLACK_BOT_TOKEN=xoxb-wrong", "SLACK_APP_TOKEN=" + st.slack.AppToken(),
		"SLACK_API_URL=" + st.server.URL + "/api/", "KLANTBOT_DB=" + st.dsn}, "serve")
	errs := &safeBuffer{}
	cmd.Stderr = errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		t.Fatalf("it goes on with a wrong token:\n%s", errs)
	}
	if cmd.ProcessState.ExitCode() != failed || !strings.Contains(errs.String(), "SLACK_BOT_TOKEN") {
		t.Errorf("status %d, said:\n%s", cmd.ProcessState.ExitCode(), errs)
	}
	if strings.Contains(errs.String(), "xoxb-wrong") {
		t.Error("the token stands in what it said")
	}
}

// Two offices never share a database: a second workspace is refused at once.
func TestAnotherWorkspaceIsRefused(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	st.start()
	st.stop()
	other := newStage(t, st.dsn, func(c *workspace.Config) { c.Team.ID = "T0ANDER" })
	cmd, errs := other.serving(t)
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != failed {
		t.Errorf("a second workspace was let in: %v\n%s", err, errs)
	}
	if !strings.Contains(errs.String(), "T0KANTOOR") && !strings.Contains(errs.String(), "andere") {
		t.Errorf("it does not say why: %s", errs)
	}
}

func TestMisuseHasItsOwnStatus(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"nosuchverb"}, {"client"}, {"--as-of", "gisteren", "manifest"}, {"import"}} {
		if _, errs, status := printed(t, args...); status != misuse || errs == "" {
			t.Errorf("%v: status %d, said %q", args, status, errs)
		}
	}
	out, errs, status := printed(t, "client", "Jansen", "--db", "/nowhere/at/all.db", "--json")
	var answer struct {
		Error struct{ Kind, Message string }
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || status != failed || answer.Error.Kind != "not_found" || errs == "" {
		t.Errorf("status %d, printed %q and %q", status, out, errs)
	}
}

// The demo never opens the office's own database, whatever the environment says.
func TestLocalModeKeepsAwayFromTheOffice(t *testing.T) {
	t.Parallel()
	office := sampleDB(t)
	before, err := os.ReadFile(office)
	if err != nil {
		t.Fatal(err)
	}
	cmd := program(t, []string{"KLANTBOT_DB=" + office}, "--addr=127.0.0.1:0")
	out := &safeBuffer{}
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); !strings.Contains(out.String(), "http://127.0.0.1:"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the workspace does not start")
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it did not stop in peace: %v", err)
	}
	after, err := os.ReadFile(office)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the office's database was touched: %v", err)
	}
}
