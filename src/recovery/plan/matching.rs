//! A perfect matching of a graph, if there is one: Edmonds' algorithm ("Paths, trees, and flowers", Canadian Journal of
//! Mathematics 17, 1965), which grows alternating trees and contracts the odd circles it meets. Pure.
//!
//! Every number of a person is below the length of the lists, which are all as long as there are people.

/// Stands for nobody.
const NOBODY: usize = usize::MAX;

struct Search<'a> {
    near: &'a [Vec<usize>],
    mate: Vec<usize>,
    parent: Vec<usize>,
    base: Vec<usize>,
    reached: Vec<bool>,
    queue: Vec<usize>,
}

/// Everybody's partner, when all of `left` can be paired with a neighbour among `left`; each partner is named from both
/// sides, and who is not among `left` is their own. None when there is no such pairing.
pub fn perfect(near: &[Vec<usize>], left: &[bool]) -> Option<Vec<usize>> {
    let count = near.len();
    let mut search = Search {
        near,
        // Who does not take part is their own partner, so that nobody finds them free.
        mate: (0..count).map(|one| if left[one] { NOBODY } else { one }).collect(),
        parent: vec![NOBODY; count],
        base: (0..count).collect(),
        reached: vec![false; count],
        queue: Vec::with_capacity(count),
    };
    for (one, friends) in near.iter().enumerate() {
        if search.mate[one] == NOBODY
            && let Some(other) = friends.iter().copied().find(|other| search.mate[*other] == NOBODY)
        {
            search.mate[one] = other;
            search.mate[other] = one;
        }
    }
    for one in 0..count {
        if search.mate[one] == NOBODY {
            let end = search.path_from(one, left)?;
            search.turn_over(end);
        }
    }
    Some(search.mate)
}

impl Search<'_> {
    /// The free end of an alternating path from `root`.
    fn path_from(&mut self, root: usize, left: &[bool]) -> Option<usize> {
        self.parent.fill(NOBODY);
        self.reached.fill(false);
        self.base.iter_mut().enumerate().for_each(|(at, base)| *base = at);
        self.reached[root] = true;
        self.queue.clear();
        self.queue.push(root);
        let (near, mut next) = (self.near, 0);
        while let Some(one) = self.queue.get(next).copied() {
            next += 1;
            for other in near[one].iter().copied().filter(|other| left[*other]) {
                if self.base[one] == self.base[other] || self.mate[one] == other {
                    continue;
                }
                let mate = self.mate[other];
                if other == root || (mate != NOBODY && self.parent[mate] != NOBODY) {
                    self.contract(one, other);
                } else if self.parent[other] == NOBODY {
                    self.parent[other] = one;
                    if mate == NOBODY {
                        return Some(other);
                    }
                    self.reached[mate] = true;
                    self.queue.push(mate);
                }
            }
        }
        None
    }

    /// Makes one of an odd circle that two reached people close.
    fn contract(&mut self, one: usize, other: usize) {
        let stem = self.common(one, other);
        let mut inside = vec![false; self.base.len()];
        self.mark(one, stem, other, &mut inside);
        self.mark(other, stem, one, &mut inside);
        for at in 0..self.base.len() {
            if inside[self.base[at]] {
                self.base[at] = stem;
                if !self.reached[at] {
                    self.reached[at] = true;
                    self.queue.push(at);
                }
            }
        }
    }

    /// Where the ways of two people to the root meet.
    fn common(&self, mut one: usize, mut other: usize) -> usize {
        let mut passed = vec![false; self.base.len()];
        loop {
            one = self.base[one];
            passed[one] = true;
            if self.mate[one] == NOBODY {
                break;
            }
            one = self.parent[self.mate[one]];
        }
        loop {
            other = self.base[other];
            if passed[other] {
                return other;
            }
            other = self.parent[self.mate[other]];
        }
    }

    fn mark(&mut self, mut one: usize, stem: usize, mut child: usize, inside: &mut [bool]) {
        while self.base[one] != stem {
            let mate = self.mate[one];
            inside[self.base[one]] = true;
            inside[self.base[mate]] = true;
            self.parent[one] = child;
            child = mate;
            one = self.parent[mate];
        }
    }

    /// Pairs along the path that ends there, and unpairs what was paired on it.
    fn turn_over(&mut self, mut end: usize) {
        while end != NOBODY {
            let before = self.parent[end];
            let next = self.mate[before];
            self.mate[end] = before;
            self.mate[before] = end;
            end = next;
        }
    }
}
