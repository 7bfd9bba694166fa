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
const MOST_CREATES: usize = 100;

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
    let first = try_base(users, people, &all, true).await?;
    let why = match first {
        Ok(base) => return with_second(users, people, base).await.map(Some),
        Err(Tried::Unclear(why)) => {
            facts
                .problems
                .push(format!("no user could be created: {why}"));
            facts.created.untold = Some(format!("no user could be created: {why}"));
            return Ok(None);
        }
        Err(Tried::Refused(why)) => why,
        Err(Tried::Taken(_)) => String::new(),
    };
    // Each left out by itself; groups first, since it is the least usual.
    if let Ok(base) = try_base(users, people, &all, false).await? {
        facts.problems.push(format!(
            "an empty groups is refused, which Okta sends with each create ({why})"
        ));
        return with_second(users, people, base).await.map(Some);
    }
    let mut last = why.clone();
    for left_out in all.difference(&name) {
        let rest: BTreeSet<usize> = all.iter().copied().filter(|one| one != left_out).collect();
        match try_base(users, people, &rest, true).await? {
            Ok(base) => {
                facts.created.refused.insert(*left_out, why);
                return with_second(users, people, base).await.map(Some);
            }
            Err(Tried::Refused(why)) => last = why,
            Err(Tried::Unclear(why)) => {
                facts
                    .problems
                    .push(format!("no user could be created: {why}"));
                facts.created.untold = Some(why);
                return Ok(None);
            }
            Err(Tried::Taken(_)) => {}
        }
    }
    // More than one is refused: from the bare name upwards.
    if let Ok(mut base) = try_base(users, people, &name, false).await? {
        for index in all.difference(&name) {
            let mut more = base.items.clone();
            more.insert(*index);
            match try_base(users, people, &more, false).await? {
                Ok(larger) => base = larger,
                Err(Tried::Refused(why) | Tried::Unclear(why)) => {
                    facts.created.refused.insert(*index, why);
                }
                Err(Tried::Taken(_)) => {}
            }
        }
        return with_second(users, people, base).await.map(Some);
    }
    let problem =
        format!("no user could be created, not even with what Okta sends in any case: {last}");
    facts.problems.push(problem);
    for index in all {
        facts.created.refused.insert(index, last.clone());
    }
    facts.created.untold = Some("no user could be created".to_owned());
    Ok(None)
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
    let second = try_base(users, people, &base.items, base.with_groups).await?;
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
        .collect();
    let rest = indexes(users.items, |_| true);
    let rest: Vec<usize> = rest.difference(&known).copied().collect();
    let mut best = base.person.clone();
    let with =
        |some: &[usize]| -> BTreeSet<usize> { base.items.iter().chain(some).copied().collect() };
    let everything = with(&rest);
    match try_base(users, people, &everything, base.with_groups).await? {
        Ok(full) => {
            created.user = Some(full.user);
            return Ok(Some(full.person));
        }
        Err(Tried::Unclear(why)) => {
            created.untold = Some(why);
            return Ok(Some(best));
        }
        Err(Tried::Refused(_) | Tried::Taken(_)) => {}
    }
    let mut search = Search::among(&rest);
    let mut most = base.items.len();
    while let Some(next) = search.next().map(<[usize]>::to_vec) {
        if people.are_enough() {
            created.untold = Some(format!("not found out within {MOST_CREATES} users"));
            break;
        }
        let tried = try_base(users, people, &with(&next), base.with_groups).await;
        let tried = tried.inspect_err(|_| created.refused.append(&mut search.refused.clone()))?;
        let refusal = match tried {
            Ok(made) => {
                if made.items.len() > most {
                    (most, best) = (made.items.len(), made.person);
                    created.user = Some(made.user);
                }
                None
            }
            Err(Tried::Refused(why)) => Some(why),
            Err(Tried::Unclear(why)) => {
                created.untold = Some(why);
                break;
            }
            Err(Tried::Taken(_)) => None,
        };
        search.answer(refusal);
    }
    created.refused.append(&mut search.refused);
    let taken: Vec<usize> = search.taken.iter().copied().collect();
    if most < with(&taken).len() {
        match try_base(users, people, &with(&taken), base.with_groups).await? {
            Ok(all) => {
                created.user = Some(all.user);
                best = all.person;
            }
            Err(Tried::Refused(why) | Tried::Unclear(why)) => {
                let why = format!("it is taken with few others, and refused with many: {why}");
                created.untold.get_or_insert(why);
            }
            Err(Tried::Taken(_)) => {}
        }
    }
    Ok(Some(best))
}
