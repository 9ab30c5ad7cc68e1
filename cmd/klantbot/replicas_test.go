package main

import (
	"testing"
	"time"
)

// TestReplicas has three processes serve one office on PostgreSQL while six people
// look clients up and share them and Slack drops one answer in ten: once they are
// killed over and over, and once each is stopped and started again in its turn, as an
// upgrade does. Nothing is lost and nothing is there twice, as in
// TestKilledWhilePeopleWork.
//
//	KLANTBOT_KILLS=30 KLANTBOT_SHARES=300 go test ./cmd/klantbot -run 'TestReplicas$' -v -timeout 20m
func TestReplicas(t *testing.T) {
	t.Parallel()
	t.Run("killed", func(t *testing.T) { killWhilePeopleWork(t, samplePostgres(t), 3, 4, 30) })
	t.Run("rolling", func(t *testing.T) { restartWhilePeopleWork(t, samplePostgres(t), 30) })
}

// restartWhilePeopleWork goes round the processes until the cards are shared.
func restartWhilePeopleWork(t *testing.T, dsn string, shares int) {
	const processes = 3
	st := newStage(t, dsn, manyChannels)
	procs := newReplicas(t, st, processes)
	workThrough(t, st, procs, number(t, "KLANTBOT_SHARES", shares), func() {
		for i := range processes {
			time.Sleep(500 * time.Millisecond) // of work between two
			procs.restart(i)
		}
	})
}
