//! The creates: with what Okta sends in any case, with everything, and the search for what is refused.

use std::collections::BTreeSet;

use super::facts::{Created, Facts, Tried, User};
use super::item::{Item, Items};
use super::sample::{Person, Sample};
use super::search::Search;
use super::user::Users;
use crate::engine::Stopped;
use crate::suite::Dialect;

/// How many users are created at most.
const MOST_CREATES: usize = 150;

/// Who is made up next.
pub(super) struct People {
    seed: u64,
    tag: String,
    dialect: Dialect,
    number: usize,
    managers: [Option<String>; 2],
}

impl People {
    pub(super) fn new(seed: u64, tag: String, dialect: Dialect) -> Self {
        Self {
            seed,
            tag,
            dialect,
            number: 0,
            managers: [None, None],
        }
    }

    fn next(&mut self) -> Person {
        self.number += 1;
        let mut person = Person::new(self.seed, &self.tag, self.dialect, self.number);
        person.managers.clone_from(&self.managers);
        person
    }

    fn are_enough(&self) -> bool {
        self.number >= MOST_CREATES
    }
}

/// What each create has.
pub(super) struct Base {
    items: BTreeSet<usize>,
    with_groups: bool,
    user: User,
    person: Person,
}

fn indexes(items: &Items, wanted: impl Fn(&Item) -> bool) -> BTreeSet<usize> {
    let all = items.all.iter().enumerate();
    all.filter(|(_, item)| wanted(item))
        .map(|(index, _)| index)
        .collect()
}

/// Creates a user with what Okta sends in any case. If that is refused, finds out what of it is.
pub(super) async fn base(
    users: &mut Users<'_, '_>,
    people: &mut People,
    facts: &mut Facts,
) -> Result<Option<Base>, Stopped> {
    let all = indexes(users.items, |item| item.always || item.required);
    let name = indexes(users.items, |item| item.sample == Sample::UserName);
    let why = match again(users, people, &all, true).await? {
        Ok(base) => return with_second(users, people, base).await.map(Some),
        Err(Tried::Unclear(why)) => return Ok(nobody(facts, &why)),
        Err(other) => other.why(),
    };
    // Each left out by itself; groups first, since it is the least usual.
    if let Ok(base) = again(users, people, &all, false).await? {
        if let Ok(base) = try_base(users, people, &all, true).await? {
            return with_second(users, people, base).await.map(Some);
        }
        facts.problems.push(format!(
            "an empty groups is refused, which Okta sends with each create ({why})"
        ));
        return with_second(users, people, base).await.map(Some);
    }
    for left_out in all.difference(&name) {
        let rest: BTreeSet<usize> = all.iter().copied().filter(|one| one != left_out).collect();
        match again(users, people, &rest, true).await? {
            Ok(base) => {
                let base = match try_base(users, people, &all, true).await? {
                    Ok(all) => all,
                    Err(other) => {
                        facts.created.note(*left_out, other.repeated());
                        base
                    }
                };
                return with_second(users, people, base).await.map(Some);
            }
            Err(Tried::Unclear(why)) => return Ok(nobody(facts, &why)),
            Err(_) => {}
        }
    }
    // More than one is refused: from the bare name upwards.
    let last = match again(users, people, &name, false).await? {
        Ok(mut base) => {
            for index in all.difference(&name) {
                let mut more = base.items.clone();
                more.insert(*index);
                let known = (base.items.clone(), false);
                match judged(users, people, &known, &more, true).await? {
                    Ok(larger) => base = larger,
                    Err(other) => facts.created.note(*index, other),
                }
            }
            return with_second(users, people, base).await.map(Some);
        }
        Err(last) => last,
    };
    // A server that fails at everything says nothing of any attribute.
    if !matches!(last, Tried::Refused(_)) {
        return Ok(nobody(facts, &last.why()));
    }
    let last = last.why();
    let problem =
        format!("no user could be created, not even with what Okta sends in any case: {last}");
    facts.problems.push(problem);
    for index in all {
        facts.created.refused.insert(index, last.clone());
    }
    facts.created.untold = Some("no user could be created".to_owned());
    Ok(None)
}

/// There is no user to look at, and it can't be told why.
fn nobody(facts: &mut Facts, why: &str) -> Option<Base> {
    let problem = format!("no user could be created: {why}");
    facts.problems.push(problem.clone());
    facts.created.untold = Some(problem);
    None
}

/// Tries once more what was not taken, with another person: the first may be there all the same.
async fn again(
    users: &mut Users<'_, '_>,
    people: &mut People,
    items: &BTreeSet<usize>,
    with_groups: bool,
) -> Result<Result<Base, Tried<User>>, Stopped> {
    match try_base(users, people, items, with_groups).await? {
        Ok(base) => Ok(Ok(base)),
        Err(_) => try_base(users, people, items, with_groups).await,
    }
}

/// What is to be said of the attributes that are sent beside those that are known to be taken. A failure (5xx) counts
/// against an attribute when the known ones are taken meanwhile, and it comes again. Several are only tried once more
/// if the target failed: their parts are tried anyway.
async fn judged(
    users: &mut Users<'_, '_>,
    people: &mut People,
    known: &(BTreeSet<usize>, bool),
    items: &BTreeSet<usize>,
    alone: bool,
) -> Result<Result<Base, Tried<User>>, Stopped> {
    let (taken, with_groups) = (&known.0, known.1);
    let tried = match try_base(users, people, items, with_groups).await? {
        Err(Tried::Refused(why)) if !alone => return Ok(Err(Tried::Refused(why))),
        Err(_) => try_base(users, people, items, with_groups).await?,
        ok => return Ok(ok),
    };
    let Err(Tried::Failed(why)) = tried else {
        return Ok(tried);
    };
    if again(users, people, taken, with_groups).await?.is_err() {
        return Ok(Err(Tried::Unclear(why)));
    }
    if !alone {
        return Ok(Err(Tried::Failed(why)));
    }
    let tried = try_base(users, people, items, with_groups).await?;
    Ok(tried.map_err(Tried::repeated))
}

async fn try_base(
    users: &mut Users<'_, '_>,
    people: &mut People,
    items: &BTreeSet<usize>,
    with_groups: bool,
) -> Result<Result<Base, Tried<User>>, Stopped> {
    let person = people.next();
    let tried = users
        .create(&person, items.iter().copied(), with_groups)
        .await?;
    Ok(match tried {
        Tried::Taken(user) => Ok(Base {
            items: items.clone(),
            with_groups,
            user,
            person,
        }),
        other => Err(other),
    })
}

/// Users who can be named as managers: before an update, and after it.
async fn with_second(
    users: &mut Users<'_, '_>,
    people: &mut People,
    base: Base,
) -> Result<Base, Stopped> {
    let second = again(users, people, &base.items, base.with_groups).await?;
    let second = second.ok().and_then(|base| base.user.id);
    people.managers = [base.user.id.clone(), second];
    Ok(base)
}

/// Creates a user with all attributes. If that is refused, finds out for which, and creates one with the others.
pub(super) async fn whole(
    users: &mut Users<'_, '_>,
    people: &mut People,
    base: &Base,
    created: &mut Created,
) -> Result<Option<Person>, Stopped> {
    created.user = Some(base.user.clone());
    let known: BTreeSet<usize> = base
        .items
        .iter()
        .copied()
        .chain(created.refused.keys().copied())
        .chain(created.unclear.keys().copied())
        .collect();
    let rest = indexes(users.items, |_| true);
    let rest: Vec<usize> = rest.difference(&known).copied().collect();
    let mut best = base.person.clone();
    let with =
        |some: &[usize]| -> BTreeSet<usize> { base.items.iter().chain(some).copied().collect() };
    let everything = with(&rest);
    let taken = (base.items.clone(), base.with_groups);
    match judged(users, people, &taken, &everything, false).await? {
        Ok(full) => {
            created.user = Some(full.user);
            return Ok(Some(full.person));
        }
        Err(Tried::Unclear(why)) => {
            created.untold = Some(why);
            return Ok(Some(best));
        }
        Err(_) => {}
    }
    let mut search = Search::among(&rest);
    let mut most = base.items.len();
    while let Some(next) = search.next().map(<[usize]>::to_vec) {
        if people.are_enough() {
            created.untold = Some(format!("not found out within {MOST_CREATES} users"));
            break;
        }
        let alone = next.len() == 1;
        let tried = judged(users, people, &taken, &with(&next), alone).await;
        let tried = tried.inspect_err(|_| created.refused.append(&mut search.refused.clone()))?;
        let refusal = match tried {
            Ok(made) => {
                if made.items.len() > most {
                    (most, best) = (made.items.len(), made.person);
                    created.user = Some(made.user);
                }
                None
            }
            Err(Tried::Unclear(why)) => {
                created.untold = Some(why);
                break;
            }
            Err(other) => Some(other.why()),
        };
        search.answer(refusal);
    }
    created.refused.append(&mut search.refused);
    let found: Vec<usize> = search.taken.iter().copied().collect();
    if most < with(&found).len() {
        match judged(users, people, &taken, &with(&found), true).await? {
            Ok(all) => {
                created.user = Some(all.user);
                best = all.person;
            }
            Err(Tried::Unclear(why)) => {
                created.untold.get_or_insert(why);
            }
            Err(other) => {
                let why = other.why();
                let why = format!("it is taken with few others, and refused with many: {why}");
                created.untold.get_or_insert(why);
            }
        }
    }
    Ok(Some(best))
}
