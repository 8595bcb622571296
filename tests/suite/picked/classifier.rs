//! A logistic regression, by hand: small, and the same at every run.

const ROUNDS: usize = 80;
const STEP: f32 = 0.5;
const DECAY: f32 = 0.01;

/// How many of `test` are put into the right class after learning from `train`. Each is features and class.
pub fn right_guesses(train: &[(Vec<f32>, bool)], test: &[(Vec<f32>, bool)]) -> usize {
    let scale = Scale::of(train);
    let learn: Vec<_> = train.iter().map(|(features, class)| (scale.apply(features), *class)).collect();
    let mut weights = vec![0.0; scale.mean.len() + 1];
    for _ in 0..ROUNDS {
        let mut pull = vec![0.0; weights.len()];
        for (features, class) in &learn {
            let error = f32::from(u8::from(*class)) - 1.0 / (1.0 + (-score(&weights, features)).exp());
            for (pull, feature) in pull.iter_mut().zip(features.iter().chain([&1.0])) {
                *pull += error * feature;
            }
        }
        for (weight, pull) in weights.iter_mut().zip(pull) {
            *weight += STEP * (pull / count(learn.len()) - DECAY * *weight);
        }
    }
    test.iter().filter(|(features, class)| (score(&weights, &scale.apply(features)) > 0.0) == *class).count()
}

fn score(weights: &[f32], features: &[f32]) -> f32 {
    weights.iter().zip(features.iter().chain([&1.0])).map(|(weight, feature)| weight * feature).sum()
}

fn count(len: usize) -> f32 {
    f32::from(u16::try_from(len).expect("a few thousand tips at most"))
}

/// What makes every feature have mean 0 and deviation 1.
struct Scale {
    mean: Vec<f32>,
    deviation: Vec<f32>,
}

impl Scale {
    fn of(train: &[(Vec<f32>, bool)]) -> Self {
        let columns = train[0].0.len();
        let column = |at: usize| train.iter().map(move |(features, _)| features[at]);
        let mean: Vec<f32> = (0..columns).map(|at| column(at).sum::<f32>() / count(train.len())).collect();
        let variance = |at: usize| column(at).map(|value| (value - mean[at]).powi(2)).sum::<f32>() / count(train.len());
        let deviation = (0..columns).map(|at| variance(at).sqrt().max(1e-6)).collect();
        Self { mean, deviation }
    }

    fn apply(&self, features: &[f32]) -> Vec<f32> {
        let scaled = features.iter().zip(self.mean.iter().zip(&self.deviation));
        scaled.map(|(feature, (mean, deviation))| (feature - mean) / deviation).collect()
    }
}

/// The most right guesses of `of` that mere guessing reaches, and the fewest, but for a part of `doubt` of all runs. Both
/// sides count: whoever is always wrong knows as much.
pub fn chance_interval(of: usize, doubt: f64) -> std::ops::RangeInclusive<usize> {
    let mut tail = 0.0;
    let mut ways = -f64::from(u32::try_from(of).unwrap()) * std::f64::consts::LN_2; // ln of C(of, right) / 2^of
    for right in 0..of / 2 {
        tail += ways.exp();
        if tail > doubt / 2.0 {
            return right..=of - right;
        }
        let number = |number: usize| f64::from(u32::try_from(number).unwrap());
        ways += (number(of - right) / number(right + 1)).ln();
    }
    of / 2..=of - of / 2
}

#[test]
fn the_interval_of_chance_is_that_of_the_binomial_distribution() {
    assert_eq!(chance_interval(100, 0.05), 40..=60);
    assert_eq!(chance_interval(1_000, 0.001), 448..=552);
    assert_eq!(chance_interval(10, 0.001), 0..=10);
}

#[test]
fn what_can_be_learned_is_learned() {
    let sample = |at: u8| (vec![f32::from(at % 7), f32::from(at % 2) + f32::from(at % 5) / 10.0], at % 2 == 1);
    let (train, test): (Vec<_>, Vec<_>) = ((0..100).map(sample).collect(), (100..200).map(sample).collect());
    assert_eq!(right_guesses(&train, &test), 100);
}
