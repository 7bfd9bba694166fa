//! A walk through a list as Okta does it: 100 further each time, however many came. Into the gaps that this leaves it
//! looks with requests of its own, so that whom the import loses has a name.

use std::collections::BTreeSet;
use std::io;

use serde_json::Value;

use super::page::{NoPage, Page, Pages};
use super::person::member;
use super::seen::{Meeting, Seen};

/// How many resources Okta asks for.
pub(super) const COUNT: u64 = 100;
/// After this many pages in a row with nothing new a walk ends: a target that ignores `startIndex` has no end.
const BARREN: u32 = 3;
/// The most requests into gaps: what is lost beyond is counted, and not named.
const MOST_LOOKS: u64 = 2_000;

/// How a resource was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// The import reads it.
    Read,
    /// The import reads it after all: it was in a gap before, and moved.
    Moved,
    /// The import reads it again; it was at that position.
    Again(u32),
    /// It stands in a gap.
    Gap,
    /// It has no id.
    Nameless,
}

/// How a walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// It reached `totalResults`.
    Whole,
    /// Pages kept coming with nothing new in them.
    Repeats {
        /// The `startIndex` from which on.
        from: u64,
    },
    /// Pages were empty before `totalResults` was reached.
    Empty {
        /// The `startIndex` from which on.
        from: u64,
    },
    /// There were more than were asked for at most.
    TooMany,
    /// A page did not come.
    Broken {
        /// Its `startIndex`.
        at: u64,
        /// Why.
        why: String,
    },
}

/// What a walk came to.
#[derive(Debug)]
pub(super) struct Walked {
    /// Requests that Okta would send.
    pub(super) requests: u64,
    /// Requests into gaps, and behind the end.
    pub(super) looks: u64,
    /// How long each of Okta's requests took, in microseconds.
    pub(super) took_us: Vec<u32>,
    /// `totalResults`: the least and the greatest that was said.
    pub(super) total: Option<(u64, u64)>,
    /// Resources that came in Okta's pages, repeated ones too.
    pub(super) read: u64,
    /// Different ids in them.
    pub(super) distinct: u64,
    /// Resources in them that have no id.
    pub(super) nameless: u64,
    /// Ids that came more than once.
    pub(super) repeated: u64,
    /// Resources that are there, and that Okta's pages don't hold, as far as they were met.
    pub(super) in_gaps: u64,
    /// Pages with fewer resources than were asked for and are there.
    pub(super) short: u64,
    /// The most resources in such a page.
    pub(super) page_cap: u64,
    /// Pages with more resources than were asked for.
    pub(super) long: u64,
    /// Pages whose `startIndex` is another than was asked for.
    pub(super) elsewhere: u64,
    /// Counts that are no JSON integers.
    pub(super) no_integers: BTreeSet<&'static str>,
    /// Whether a page came without `totalResults`.
    pub(super) no_total: bool,
    /// Whether some gaps were not looked into.
    pub(super) unlooked: bool,
    /// How it ended.
    pub(super) end: End,
}

impl Walked {
    /// How many the import loses: those met in gaps, or, where no look found them, those that are missing from
    /// `totalResults`. If that changed on the way, its least value counts: others may write meanwhile.
    pub(super) fn lost(&self) -> u64 {
        let missing = match (self.total, &self.end) {
            (Some((least, _)), End::Whole | End::Repeats { .. }) => {
                least.saturating_sub(self.distinct + self.nameless)
            }
            _ => 0,
        };
        self.in_gaps.max(missing)
    }
}

/// Why a walk stopped.
#[derive(Debug)]
pub(super) enum Broken {
    /// The first page did not come.
    First(NoPage),
    /// A record could not be handed on.
    Output(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Where a walk stands.
struct Walk<'a, V> {
    pages: &'a Pages,
    seen: Seen,
    visit: V,
    walked: Walked,
}

/// Walks; each resource goes to `visit` with its position. It holds one page and a hash of each id.
///
/// # Errors
/// [`Broken`]: a page that does not come later on is an end, not an error.
pub(super) async fn walk<V>(pages: &Pages, most: u64, visit: V) -> Result<Walked, Broken>
where
    V: FnMut(&Value, Seat, u64) -> io::Result<()>,
{
    let mut walk = Walk {
        pages,
        seen: Seen::default(),
        visit,
        walked: Walked {
            requests: 0,
            looks: 0,
            took_us: Vec::new(),
            total: None,
            read: 0,
            distinct: 0,
            nameless: 0,
            repeated: 0,
            in_gaps: 0,
            short: 0,
            page_cap: 0,
            long: 0,
            elsewhere: 0,
            no_integers: BTreeSet::new(),
            no_total: false,
            unlooked: false,
            end: End::Whole,
        },
    };
    walk.walked.end = walk.through(most).await?;
    walk.walked.distinct = walk.seen.distinct();
    walk.walked.in_gaps = walk.seen.missed();
    Ok(walk.walked)
}

impl<V> Walk<'_, V>
where
    V: FnMut(&Value, Seat, u64) -> io::Result<()>,
{
    async fn through(&mut self, most: u64) -> Result<End, Broken> {
        let mut start = 1;
        let mut barren = 0;
        loop {
            let page = match self.pages.get(start, COUNT).await {
                Ok(page) => page,
                Err(none) if start == 1 => return Err(Broken::First(none)),
                Err(none) => {
                    let why = none.why;
                    return Ok(End::Broken { at: start, why });
                }
            };
            self.note(&page, start);
            let before = self.seen.len();
            for (position, item) in (start..).zip(&page.items) {
                self.meet(item, position)?;
            }
            let came = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
            let total = page.total;
            // The page is done with; a look into its gap brings others.
            drop(page);
            let due = total.map_or(came, |total| total.saturating_sub(start - 1).min(COUNT));
            if came > 0 && came < due {
                self.walked.short += 1;
                self.walked.page_cap = self.walked.page_cap.max(came);
                self.look(start + came, start + due, u64::MAX).await?;
            }
            barren = if self.seen.len() > before {
                0
            } else {
                barren + 1
            };
            start += COUNT;
            match total {
                Some(total) if start > total => {
                    // Okta is done here. Where totalResults is too low, there are more behind it.
                    if came > 0 {
                        let behind = total.max(start - COUNT + came - 1).saturating_add(1);
                        self.look(behind, u64::MAX, total).await?;
                    }
                    return Ok(End::Whole);
                }
                // Without a total Okta has no end to go to; this walk ends with the list.
                None if came == 0 => return Ok(End::Whole),
                _ => {}
            }
            if barren >= BARREN {
                let from = start - u64::from(barren) * COUNT;
                return Ok(if came == 0 {
                    End::Empty { from }
                } else {
                    End::Repeats { from }
                });
            }
            // A target that gives one of each hundred is asked no more often than one that gives all.
            if u64::try_from(self.seen.len()).unwrap_or(u64::MAX) >= most
                || self.walked.read >= most
                || start > most.saturating_add(COUNT + 1)
            {
                return Ok(End::TooMany);
            }
        }
    }

    fn note(&mut self, page: &Page, start: u64) {
        let walked = &mut self.walked;
        let came = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
        walked.requests += 1;
        walked
            .took_us
            .push(u32::try_from(page.took_us).unwrap_or(u32::MAX));
        walked.read += came;
        walked.long += u64::from(came > COUNT);
        walked.elsewhere += u64::from(page.start.is_some_and(|said| said != start));
        walked.no_integers.extend(&page.no_integers);
        walked.no_total |= page.total.is_none();
        if let Some(total) = page.total {
            let (least, greatest) = walked.total.unwrap_or((total, total));
            walked.total = Some((least.min(total), greatest.max(total)));
        }
    }

    fn meet(&mut self, item: &Value, position: u64) -> io::Result<()> {
        let seat = match id(item) {
            None => {
                self.walked.nameless += 1;
                Seat::Nameless
            }
            Some(id) => match self.seen.read(&id, position) {
                Meeting::New => Seat::Read,
                Meeting::Found => Seat::Moved,
                Meeting::Again(before) => {
                    self.walked.repeated += 1;
                    Seat::Again(before)
                }
            },
        };
        (self.visit)(item, seat, position)
    }

    /// Looks at the positions from one to before another, page by page as they come. A list that has grown beyond its
    /// total meanwhile is not looked at: the next import reads who is new.
    async fn look(&mut self, from: u64, to: u64, total: u64) -> Result<(), Broken> {
        let mut at = from;
        while at < to {
            if self.walked.looks >= MOST_LOOKS {
                self.walked.unlooked = true;
                return Ok(());
            }
            self.walked.looks += 1;
            let Ok(page) = self.pages.get(at, (to - at).min(COUNT)).await else {
                // Behind the end an error is as good as an empty page.
                self.walked.unlooked |= to != u64::MAX;
                return Ok(());
            };
            if page.total.is_some_and(|now| now > total) {
                return Ok(());
            }
            let mut new = false;
            for (position, item) in (at..to).zip(&page.items) {
                if id(item).is_some_and(|id| self.seen.found(&id, position)) {
                    new = true;
                    (self.visit)(item, Seat::Gap, position)?;
                }
            }
            if !new {
                // It ignores `startIndex`, or has no more: further looks would show the same.
                return Ok(());
            }
            at += u64::try_from(page.items.len()).unwrap_or(u64::MAX).max(1);
        }
        Ok(())
    }
}

fn id(item: &Value) -> Option<String> {
    let text = match member(item, "id")? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
