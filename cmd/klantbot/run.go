package main

import (
	"cmp"
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"klantbot/bot/schedule"
	"klantbot/bot/slackapi"
	"klantbot/commands"
)

// run is serve, with the door that it opens.
func (s service) run(ctx context.Context, d *door) error {
	stayLean()
	s.tempo = cmp.Or(s.tempo, standard)
	api, err := slackapi.New(slackapi.Config{BotToken: s.botToken, AppToken: s.in.appToken, APIURL: s.apiURL, Log: s.log, Unpaced: s.tempo.unpaced})
	if err != nil {
		return err
	}
	defer api.Close()
	directory, counted := commands.NewDirectory(s.db), &told{api: api}
	well, err := s.health(directory, counted)
	if err != nil {
		return err
	}
	d.open(well.Routes())
	ctx, stop := context.WithCancel(ctx)
	named := directory.Start(ctx)
	defer func() { stop(); <-named }()
	who, err := s.prepare(ctx, api)
	if err != nil {
		return err
	}
	p, err := s.build(api, who, directory, well.Ran)
	if err != nil {
		return err
	}
	counted.begin(p.post, p.dispatcher, p.way)
	d.open(well.Routes(), p.way.routes)
	s.log.Info("serving", "team", who.Team, "over", p.way.name)
	return s.keep(ctx, p, named)
}

// keep keeps p going until ctx ends or a part of it fails, and then seals the
// trail. named says how reading the names for the first time went.
func (s service) keep(ctx context.Context, p parts, named <-chan error) error {
	going, ctx := errgroup.WithContext(ctx)
	part := func(run func(context.Context)) { going.Go(func() error { run(ctx); return nil }) }
	known := make(chan struct{})
	going.Go(func() error {
		err := <-named
		switch {
		case err == nil:
			close(known)
		case ctx.Err() != nil:
			return nil // it was stopped before the names were read
		}
		return err
	})
	part(p.dispatcher.Run)
	part(p.post.Run)
	part(p.summarizer.Run)
	part(p.grouper.Run)
	going.Go(func() error { return p.way.run(ctx) })
	going.Go(func() error { return s.in.install.watch(ctx) })
	trail := &schedule.Sealing{Chain: s.db, Zone: officeZone(), Log: s.log}
	part(s.clock(p.stands, p.registry, p.api, trail, p.post.Poke).Run)
	part(func(ctx context.Context) { s.keepFresh(ctx, p.directory) })
	beside := leisure{service: s, answers: p.dispatcher}
	part(func(ctx context.Context) { beside.keep(ctx, p.market, known) })
	if s.ready != nil {
		s.ready()
	}
	err := going.Wait()
	ending, end := context.WithTimeout(context.WithoutCancel(ctx), sealPatience)
	defer end()
	if failed := trail.End(ending, s.now()); failed != nil {
		s.log.Error("the trail could not be sealed at the end; the next start does it", "error", failed)
	}
	return err
}

// sealPatience is how long a program that stops waits to seal the trail.
const sealPatience = 5 * time.Second

// keepFresh keeps the names up to date: as soon as PostgreSQL says that another process
// changed them, and by asking, which is all there is on SQLite and the net elsewhere.
func (s service) keepFresh(ctx context.Context, directory *commands.Directory) {
	heard := make(chan struct{}, 1)
	go s.db.HearNames(ctx, func() {
		select {
		case heard <- struct{}{}:
		default: // it is being looked at anyway
		}
	})
	tick := time.NewTicker(s.tempo.refresh)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-heard:
		case <-tick.C:
		}
		if err := directory.Refresh(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("the names could not be read anew; searching goes on with the old ones", "error", err)
		}
	}
}
