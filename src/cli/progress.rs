//! A progress bar for work that takes over a second, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Work shorter than this is not worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts finished pieces of work; takes its bar away when dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    watch: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Progress over `total` pieces, shown only if `visible`.
    pub(super) fn over(total: usize, visible: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} candidates {elapsed}")
        {
            bar.set_style(style);
        }
        let watch = visible.then(|| {
            let (done, waiting) = channel::<()>();
            let shown = bar.clone();
            let watcher = std::thread::spawn(move || {
                if waiting.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
                {
                    shown.set_draw_target(ProgressDrawTarget::stderr());
                    shown.enable_steady_tick(Duration::from_millis(200));
                }
            });
            (done, watcher)
        });
        Progress { bar, watch }
    }

    /// One piece is finished.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, watcher)) = self.watch.take() {
            drop(done);
            // A watcher that panicked has only cost the bar.
            let _ = watcher.join();
        }
        self.bar.finish_and_clear();
    }
}
