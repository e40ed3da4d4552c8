package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	longestMicros  = 60_000_000
	answerSeconds  = 20
	openLoopFactor = 64
)

type report struct {
	Sent       int64              `json:"sent"`
	OK         int64              `json:"ok"`
	Errors     int64              `json:"errors"`
	FirstError string             `json:"first_error,omitempty"`
	Seconds    float64            `json:"seconds"`
	BytesIn    int64              `json:"bytes_in"`
	BytesOut   int64              `json:"bytes_out"`
	LatencyMs  map[string]float64 `json:"latency_ms,omitempty"` // of an open loop only
}

type loop struct {
	settings
	client              client
	bodies              [][]byte
	next, sent, ok, bad atomic.Int64
	bytesIn, bytesOut   atomic.Int64
	firstError          atomic.Pointer[string]
	lock                sync.Mutex
	histogram           *hdrhistogram.Histogram
}

func newLoop(s settings, client client, bodies [][]byte) *loop {
	return &loop{settings: s, client: client, bodies: bodies, histogram: hdrhistogram.New(1, longestMicros, 3)}
}

func (l *loop) run(ctx context.Context) report {
	begun := time.Now()
	end := begun.Add(time.Duration(l.seconds * float64(time.Second)))
	if l.rate > 0 {
		l.open(ctx, begun, end)
	} else {
		l.closed(ctx, end)
	}
	report := report{Sent: l.sent.Load(), OK: l.ok.Load(), Errors: l.bad.Load(), Seconds: time.Since(begun).Seconds(),
		BytesIn: l.bytesIn.Load(), BytesOut: l.bytesOut.Load()}
	if text := l.firstError.Load(); text != nil {
		report.FirstError = *text
	}
	if l.rate > 0 && l.histogram.TotalCount() > 0 {
		at := func(percentile float64) float64 { return float64(l.histogram.ValueAtQuantile(percentile)) / 1000 }
		report.LatencyMs = map[string]float64{"p50": at(50), "p90": at(90), "p99": at(99), "p99.9": at(99.9), "max": at(100)}
	}
	return report
}

// take gives the number of the next request, or false when there is none or time is up.
func (l *loop) take(end time.Time) (int64, bool) {
	if l.count == 0 && l.seconds > 0 && !time.Now().Before(end) {
		return 0, false
	}
	number := l.next.Add(1) - 1
	if (l.count > 0 && number >= int64(l.count)) || (l.once && number >= int64(len(l.bodies))) {
		return 0, false
	}
	return number, true
}

func (l *loop) closed(ctx context.Context, end time.Time) {
	var workers sync.WaitGroup
	for worker := range l.workers {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for {
				number, more := l.take(end)
				if !more {
					return
				}
				l.send(ctx, worker, number)
			}
		}()
	}
	workers.Wait()
}

// open sends each request when it is due, whether the ones before it were answered or not. What does not fit under the
// bound of those under way was never sent: that is an error, since nothing was answered.
func (l *loop) open(ctx context.Context, begun, end time.Time) {
	places := make(chan struct{}, l.workers*openLoopFactor)
	var waiting sync.WaitGroup
	for {
		number, more := l.take(end)
		if !more {
			break
		}
		due := begun.Add(time.Duration(float64(number) / l.rate * float64(time.Second)))
		if l.count == 0 && l.seconds > 0 && due.After(end) {
			break
		}
		time.Sleep(time.Until(due))
		select {
		case places <- struct{}{}:
		default:
			l.fail("more requests under way than there are places for: the rate is above what the server does")
			continue
		}
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			if l.send(ctx, int(number), number) {
				l.record(time.Since(due))
			}
			<-places
		}()
	}
	waiting.Wait()
}

func (l *loop) record(latency time.Duration) {
	l.lock.Lock()
	defer l.lock.Unlock()
	_ = l.histogram.RecordValue(min(max(latency.Microseconds(), 1), longestMicros))
}

func (l *loop) send(ctx context.Context, connection int, number int64) bool {
	place := int(number % int64(len(l.bodies)))
	body := l.bodies[place]
	ctx, cancel := context.WithTimeout(withToken(ctx, l.bearers, place), answerSeconds*time.Second)
	defer cancel()
	l.sent.Add(1)
	answer, err := l.client.call(ctx, connection, body)
	if err != nil {
		l.fail(err.Error())
		return false
	}
	l.ok.Add(1)
	l.bytesOut.Add(int64(len(body)))
	l.bytesIn.Add(int64(len(answer)))
	return true
}

func (l *loop) fail(text string) {
	l.bad.Add(1)
	l.firstError.CompareAndSwap(nil, &text)
}
